package hapax.sync;

import hapax.blob.BlobStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the committed changes of a store. */
final class ChangeLog {
  private final BlobStore blobs;

  ChangeLog(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** Sees changes. */
  @FunctionalInterface
  interface ChangeVisitor {
    void change(Change change) throws IOException;
  }

  /** The accounts that changes speak of, sorted; a look-up for each, whatever their changes. */
  List<String> accounts() throws IOException {
    List<String> accounts = new ArrayList<>();
    byte @Nullable [] from = {LocalNote.AFTER_NOTES};
    while (from != null) {
      from = nextAccount(from, accounts);
    }
    return accounts;
  }

  /** Adds the first account from a key on; gives the key after its changes, or null at the end. */
  private byte @Nullable [] nextAccount(byte[] from, List<String> accounts) throws IOException {
    int before = accounts.size();
    blobs.scanLog(
        from,
        null,
        (key, entry) -> {
          accounts.add(Change.decode(entry).account());
          return false;
        });
    return accounts.size() == before ? null : end(accounts.get(before));
  }

  /** Shows an account's changes, origin by origin, each in order of their numbers. */
  void changes(String account, ChangeVisitor visitor) throws IOException {
    blobs.scanLog(
        start(account),
        end(account),
        (key, entry) -> {
          visitor.change(Change.decode(entry));
          return true;
        });
  }

  /** Sees changes as long as it wants more. */
  @FunctionalInterface
  interface ChangeReader {
    /** Takes a change; says whether to go on. */
    boolean change(Change change) throws IOException;
  }

  /** Shows them from behind a change on; all if that is null. */
  void changesAfter(String account, @Nullable Change after, ChangeReader reader)
      throws IOException {
    byte[] from =
        after == null
            ? start(account)
            : Change.logKey(account, after.origin(), after.sequence() + 1);
    blobs.scanLog(from, end(account), (key, entry) -> reader.change(Change.decode(entry)));
  }

  /** The change of a number, if it is there. */
  Optional<Change> change(String account, long origin, long number) throws IOException {
    List<Change> found = new ArrayList<>();
    blobs.scanLog(
        Change.logKey(account, origin, number),
        Change.logKey(account, origin, number + 1),
        (key, entry) -> found.add(Change.decode(entry)));
    return found.stream().findFirst();
  }

  /** Folds the changes of an account up to a moment into rows. */
  void fold(String account, Instant moment, PastRows rows) throws IOException {
    changes(
        account,
        change -> {
          if (change.stamp().millis() <= moment.toEpochMilli()) {
            rows.fold(change);
          }
        });
  }

  private static byte[] start(String account) {
    byte[] name = account.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(name, name.length + 1);
  }

  private static byte[] end(String account) {
    byte[] key = start(account);
    key[key.length - 1] = 1;
    return key;
  }
}
