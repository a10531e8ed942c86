package hapax.sync;

import hapax.blob.RecordId;
import java.io.IOException;
import java.util.Optional;

/** A change as it travels: its bytes, and as much of it as whoever carries it needs to know. */
public final class LogEntry {
  private final byte[] bytes;
  private final Change change;

  private LogEntry(byte[] bytes, Change change) {
    this.bytes = bytes;
    this.change = change;
  }

  /**
   * Reads a change.
   *
   * @throws hapax.blob.StoreFormatException if a newer program wrote it and this one may not pass
   *     over it
   * @throws hapax.blob.CorruptStoreException if it is no change
   */
  public static LogEntry decode(byte[] bytes) throws IOException {
    return new LogEntry(bytes, Change.decode(bytes));
  }

  static LogEntry of(Change change) {
    return new LogEntry(change.encode(), change);
  }

  Change change() {
    return change;
  }

  /** The bytes of the change, to be handed on as they are. */
  public byte[] bytes() {
    return bytes;
  }

  public String account() {
    return change.account();
  }

  /** The replica that made it. */
  public long origin() {
    return change.origin();
  }

  /** Its number among the changes of its origin to its account, from 1. */
  public long sequence() {
    return change.sequence();
  }

  /** When it was made: hybrid time. */
  public long time() {
    return change.time();
  }

  /** Which of two changes was made first, on whatever replica. */
  public boolean isBefore(LogEntry that) {
    return change.stamp().compareTo(that.change.stamp()) < 0;
  }

  /** The message that it adds, if it adds one. */
  public Optional<RecordId> message() {
    return change.body() instanceof ItemBody.Added added
        ? Optional.of(added.message())
        : Optional.empty();
  }

  /** Whether it gives a new UID to an item whose UID was given twice. */
  public boolean isNewUid() {
    return change.body() instanceof ItemBody.UidReassigned;
  }

  /** The length in bytes that it says its message has; 0 if it adds none. */
  public long messageSize() {
    return change.body() instanceof ItemBody.Added added ? added.size() : 0;
  }

  /** The change in words. */
  @Override
  public String toString() {
    return ChangeText.of(change);
  }
}
