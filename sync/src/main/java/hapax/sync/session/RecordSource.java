package hapax.sync.session;

import hapax.blob.CorruptStoreException;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.sync.LogEntry;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** Records to be sent, and what they take in the memory of the peer. */
final class RecordSource {
  /** Bytes that a record which the peer asks for is taken to need, if its message is longer. */
  static final int USUAL = 16 << 10;

  /**
   * Records of messages longer than this are looked at. So those that the peer asks for because of
   * a batch, at most {@link BatchCutter#FULL} / {@link #USUAL} of them, stay below {@link
   * Incoming#MOST_RECORD_BYTES}, but for the last.
   */
  static final int LONG_MESSAGE = 512 << 10;

  private final StoreReader reader;

  RecordSource(StoreReader reader) {
    this.reader = reader;
  }

  /** A record; if it can not be read, the peer will ask for it, and be told that it is lacking. */
  Optional<StoredRecord> record(RecordId message) throws IOException {
    try {
      return reader.record(message);
    } catch (CorruptStoreException damaged) {
      return Optional.empty();
    }
  }

  /** See {@link #weight(LogEntry)}. */
  long weight(Collection<LogEntry> entries) throws IOException {
    long weight = 0;
    for (LogEntry entry : entries) {
      weight += weight(entry);
    }
    return weight;
  }

  /** Bytes of memory that the peer needs for the record that a change speaks of. */
  int weight(LogEntry entry) throws IOException {
    Optional<RecordId> message = entry.message();
    if (message.isEmpty() || entry.messageSize() <= LONG_MESSAGE) {
      return (int) Math.min(entry.messageSize(), USUAL);
    }
    return Math.max(USUAL, record(message.get()).map(Incoming::bytes).orElse(0));
  }
}
