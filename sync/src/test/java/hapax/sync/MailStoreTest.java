package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.blob.StoreFormatException;
import hapax.blob.StoredRecord;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts over real packs and a real catalog. */
class MailStoreTest {
  @TempDir Path folder;
  private long seconds = 1_800_000_000L;

  private MailStore open() throws IOException {
    return MailStore.open(folder, true, () -> Instant.ofEpochSecond(seconds++));
  }

  /** Puts a record without blobs, as a delivery would, and adds an item of it. */
  private static long deliver(MailStore store, Account account, String mailbox, int number)
      throws IOException {
    RecordId message = message(number);
    try (Intake unit = store.blobs().intake()) {
      byte[] none = new byte[0];
      unit.putRecord(new StoredRecord(message, 5, List.of(), none, none, none, new byte[5]));
      MailboxId id = account.openMailbox(unit, mailbox).id();
      return account.add(
          unit, id, new NewItem(Side.id(number), message, 5, Set.of("\\Seen"), Instant.EPOCH));
    }
  }

  private static RecordId message(int number) {
    MessageDigest digest = Digests.sha256();
    return RecordId.of(digest.digest(new byte[] {(byte) (number >>> 8), (byte) number}));
  }

  private static String rows(MailStore store) throws IOException {
    StringBuilder rows = new StringBuilder();
    HexFormat hex = HexFormat.of();
    store
        .blobs()
        .rows()
        .scan(
            new byte[0],
            null,
            (key, value) -> {
              rows.append((char) key[0]).append(hex.formatHex(key, 1, key.length)).append('=');
              rows.append(hex.formatHex(value)).append('\n');
              return true;
            });
    return rows.toString();
  }

  private static void manyChanges(MailStore store, long seed) throws IOException {
    Random random = new Random(seed);
    Account account = store.openAccount("jane");
    for (int i = 0; i < 300; i++) {
      deliver(store, account, "m" + random.nextInt(4), i);
      ItemId other = Side.id(random.nextInt(i + 1));
      try (Intake unit = store.blobs().intake()) {
        switch (random.nextInt(4)) {
          case 0 -> account.expunge(unit, other);
          case 1 -> account.flag(unit, other, Set.of("k" + random.nextInt(3)), Set.of("\\Seen"));
          case 2 ->
              account.move(unit, other, account.openMailbox(unit, "m" + random.nextInt(4)).id());
          default -> account.subscribe(unit, account.mailboxes().get(0), random.nextBoolean());
        }
      }
      if (i % 50 == 0) {
        store.commit();
      }
    }
    store.forgetExpungedBefore(Instant.ofEpochSecond(1_800_000_400L));
  }

  @Test
  void indexIsTheFoldOfTheLogAndStaysSoAfterOpeningAgain() throws IOException {
    String before;
    try (MailStore store = open()) {
      manyChanges(store, 1);
      assertEquals(List.of(), IndexCheck.findings(store));
      before = rows(store);
    }
    try (MailStore store = open()) {
      assertEquals(before, rows(store));
      assertEquals(List.of(), IndexCheck.findings(store));
    }
  }

  @Test
  void catalogMadeAnewHasTheSameRows() throws IOException {
    String before;
    try (MailStore store = open()) {
      manyChanges(store, 2);
      store.commit();
      before = rows(store);
    }
    deleteTree(folder.resolve("catalog"));
    try (MailStore store = open()) {
      assertEquals(before, rows(store));
      assertEquals(List.of(), IndexCheck.findings(store));
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    assertTrue(Files.isDirectory(tree), "the catalog is in " + tree);
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void changesShowAtOnceAndAreThereAfterACommitOnly() throws IOException {
    try (MailStore store = open()) {
      Account account = store.openAccount("jane");
      deliver(store, account, "INBOX", 1);
      store.commit();
      deliver(store, account, "INBOX", 2);
      assertEquals(2, account.mailbox("INBOX").orElseThrow().items());
    }
    try (MailStore store = open()) {
      Account account = store.account("jane").orElseThrow();
      assertEquals(1, account.mailbox("INBOX").orElseThrow().items());
      assertEquals(2, deliver(store, account, "INBOX", 2));
    }
  }

  @Test
  void copiedStoreGoesOnUnderAnotherIdentity() throws IOException {
    try (MailStore store = open()) {
      deliver(store, store.openAccount("jane"), "INBOX", 1);
      store.commit();
    }
    Path copy = folder.resolveSibling(folder.getFileName() + "-copy");
    copyTree(folder, copy);
    String copied = lastOrigin(copy);
    String original = lastOrigin(folder);
    assertNotEquals(original, copied);
    assertEquals(original, lastOrigin(folder));
    assertEquals(copied, lastOrigin(copy));
  }

  private String lastOrigin(Path where) throws IOException {
    try (MailStore store = MailStore.open(where, false, () -> Instant.ofEpochSecond(seconds++))) {
      Account account = store.account("jane").orElseThrow();
      deliver(store, account, "INBOX", 100 + (int) (seconds % 1000));
      store.commit();
      Map<Long, String> origins = new TreeMap<>();
      new ChangeLog(store.blobs())
          .changes("jane", c -> origins.put(c.time(), Stamp.originText(c.origin())));
      assertEquals(List.of(), IndexCheck.findings(store));
      return List.copyOf(origins.values()).get(origins.size() - 1);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(dir).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void manyThreadsGiveEachItemItsOwnUid() throws Exception {
    int threads = 4;
    int each = 200;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (MailStore store = open()) {
      Account account = store.openAccount("jane");
      List<Callable<Void>> work = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int first = t * each;
        work.add(
            () -> {
              for (int i = first; i < first + each; i++) {
                deliver(store, account, "m" + i % 2, i);
                if (i % 32 == 0) {
                  store.commit();
                }
              }
              return null;
            });
      }
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
      for (Mailbox mailbox : account.mailboxes()) {
        assertEquals(threads * each / 2, mailbox.items());
        assertEquals(mailbox.items() + 1, mailbox.uidNext());
      }
      assertEquals(List.of(), IndexCheck.findings(store));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void openShouldFailWhenThereIsNoStoreAndNoneIsToBeMade() {
    assertThrows(StoreFormatException.class, () -> MailStore.open(folder.resolve("none"), false));
  }
}
