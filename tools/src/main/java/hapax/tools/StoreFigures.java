package hapax.tools;

import hapax.reconstruct.Savings;
import hapax.sync.Account;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What is in a store and what it takes.
 *
 * @param accounts how many accounts
 * @param items how many items they show
 * @param itemBytes the lengths of the items' messages added up: what came in
 * @param storedBytes all files of the store
 * @param damagedBlobs blobs known to be damaged
 * @param retentionDays for how many days what was expunged is kept
 */
record StoreFigures(
    long accounts,
    long items,
    long itemBytes,
    Savings savings,
    Sharing sharing,
    long storedBytes,
    long damagedBlobs,
    int retentionDays) {

  static StoreFigures of(MailStore store, Path folder) throws IOException {
    long[] items = new long[2];
    for (String name : store.accounts()) {
      Account account = MailboxName.account(store, name);
      for (Mailbox mailbox : account.mailboxes()) {
        account.items(
            mailbox.id(),
            1,
            item -> {
              items[0]++;
              items[1] += item.size();
              return true;
            });
      }
    }
    return new StoreFigures(
        store.accounts().size(),
        items[0],
        items[1],
        Savings.of(store.blobs()),
        Sharing.of(store.blobs()),
        size(folder),
        store.blobs().damagedBlobs(),
        store.retentionDays());
  }

  /** Bytes that messages would take were each kept once, but whole. */
  long messageBytes() {
    return savings.bytes();
  }

  /** Bytes of messages that are in no blob. */
  long unsharedBytes() {
    return savings.unshared().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of all files in a folder and below. */
  static long size(Path folder) throws IOException {
    long[] bytes = new long[1];
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            // The catalog drops files while it tidies up; those take no space.
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes[0];
  }
}
