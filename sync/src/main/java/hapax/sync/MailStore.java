package hapax.sync;

import hapax.blob.BlobStore;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store of mail: accounts over a {@link BlobStore}. */
public interface MailStore extends Closeable {
  /** What holds the bytes. */
  BlobStore blobs();

  /** Names of the accounts, sorted. */
  List<String> accounts() throws IOException;

  /** The account of that name, if there. */
  Optional<Account> account(String name) throws IOException;

  /**
   * The account of that name, made if it is not there.
   *
   * @throws IllegalArgumentException if the name is empty, longer than 255 bytes, or has control
   *     characters, {@code /} or a leading dot
   */
  Account openAccount(String name) throws IOException;

  /** The account as it was at a moment, for reading only. */
  Account asOf(String account, Instant moment) throws IOException;

  /** Makes all changes so far durable. */
  void commit() throws IOException;

  /**
   * Lets go of items expunged before a moment: they can no longer be restored, and what only they
   * held is free for the next sweep.
   */
  void forgetExpungedBefore(Instant moment) throws IOException;
}
