package hapax.sync;

import hapax.blob.BlobStore;
import hapax.blob.Disk;
import hapax.blob.Finding;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A store of mail: accounts over a {@link BlobStore}. */
public interface MailStore extends Closeable {
  /**
   * Opens the store in a folder, making it if {@code create}.
   *
   * @throws hapax.blob.StoreFormatException if there is no store, or a newer one; if there is
   *     something else in the folder where one is to be made
   * @throws hapax.blob.StoreInUseException if another process has it
   */
  static MailStore open(Path folder, boolean create) throws IOException {
    return open(folder, create, InstantSource.system());
  }

  /** Whether there is a store in a folder, of whatever version. */
  static boolean isAt(Path folder) throws IOException {
    return BlobStore.isAt(folder);
  }

  /** Opens as {@link #open(Path, boolean)} does, and takes the time of changes from a clock. */
  static MailStore open(Path folder, boolean create, InstantSource clock) throws IOException {
    BlobStore blobs = BlobStore.open(folder, create, new ChangeFold());
    try {
      Replica replica =
          new Replica(Disk.real(), folder, Replica.Marks.real(), isFresh(blobs), clock);
      if (!blobs.openingFindings().isEmpty()) {
        replica.lost();
      }
      return new LogMailStore(blobs, replica, clock);
    } catch (IOException | RuntimeException failed) {
      blobs.close();
      throw failed;
    }
  }

  private static boolean isFresh(BlobStore blobs) throws IOException {
    boolean[] fresh = {true};
    blobs
        .rows()
        .scan(new byte[] {Keys.SEEN}, new byte[] {Keys.SEEN + 1}, (key, value) -> fresh[0] = false);
    return fresh[0];
  }

  /** A store that counts what it would keep, and keeps nothing ({@link BlobStore#counting}). */
  static MailStore counting() throws IOException {
    return new LogMailStore(
        BlobStore.counting(new ChangeFold()), Identity.inMemory(1), InstantSource.system());
  }

  /**
   * Makes the catalog of the store in a folder, which must not be open, anew from its packs.
   *
   * @return what is damaged in the packs, a line for each finding: changes that stood there are
   *     missing from now on, until a sync brings them back
   * @throws hapax.blob.CorruptStoreException if the packs are damaged and there is a catalog that
   *     knows what stood there; it is kept
   * @throws hapax.blob.StoreFormatException if there is no store, or a newer one
   * @throws hapax.blob.StoreInUseException if a process has it
   */
  static List<String> rebuild(Path folder) throws IOException {
    List<Finding> findings = BlobStore.rebuild(folder, new ChangeFold());
    if (!findings.isEmpty()) {
      new Replica(Disk.real(), folder, Replica.Marks.real(), false, InstantSource.system()).lost();
    }
    return findings.stream().map(Finding::text).toList();
  }

  /**
   * Refuses a name that no account can have.
   *
   * @throws IllegalArgumentException as {@link #openAccount} does
   */
  static void requireAccountName(String name) {
    Names.account(name);
  }

  /** What holds the bytes. */
  BlobStore blobs();

  /** The store as other replicas see it. */
  Replication replication();

  /** Names of the accounts, sorted. */
  List<String> accounts() throws IOException;

  /** The account of that name, if there. */
  Optional<Account> account(String name) throws IOException;

  /**
   * The account of that name, made if it is not there, in a unit of work of its own: the calling
   * thread must have none open.
   *
   * @throws IllegalArgumentException if the name is empty, longer than 255 bytes, or has control
   *     characters, {@code /} or a leading dot
   */
  Account openAccount(String name) throws IOException;

  /**
   * The account as it was at a moment, for reading only, from what is committed; takes time for all
   * of its changes, and for large accounts room in the store's folder until the store is closed. A
   * change counts from its stamp on, wherever it was made.
   *
   * @throws IllegalArgumentException if there is no such account, or the moment is before that up
   *     to which expunged items were forgotten
   */
  Account asOf(String account, Instant moment) throws IOException;

  /** Makes all changes so far durable. */
  void commit() throws IOException;

  /** For how many days what was expunged is kept, until it is {@linkplain #keepExpunged set}. */
  int USUAL_RETENTION_DAYS = 30;

  /** The most days for which it can be set: nearly a hundred years. */
  int MOST_RETENTION_DAYS = 36_500;

  /** For how many days this store keeps what was expunged. */
  int retentionDays() throws IOException;

  /**
   * Sets for how many days this store keeps what was expunged; no other store hears of it. Nothing
   * is let go of by this. Commits; the calling thread must have no unit of work open.
   *
   * @throws IllegalArgumentException if there are fewer than 0 or more than 36,500
   */
  void keepExpunged(int days) throws IOException;

  /**
   * Lets go of items expunged before a moment, in this store only: they can no longer be restored,
   * and what only they held is free for the next sweep. Commits; the calling thread must have no
   * unit of work open. Items of the future can not be forgotten: a later moment counts as now.
   */
  void forgetExpungedBefore(Instant moment) throws IOException;

  /**
   * Takes changes out of the logs that are older than what was forgotten, and that say nothing
   * which others do not say, too. Nothing that can be seen or asked for changes. Commits; the
   * calling thread must have no unit of work open. Waits for a sweep under way. Takes memory for
   * the rows of one account.
   *
   * @return how many changes are gone
   */
  long trimLogs() throws IOException;
}
