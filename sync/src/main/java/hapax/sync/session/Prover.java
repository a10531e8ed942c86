package hapax.sync.session;

import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.reconstruct.MessageReader;
import hapax.sync.LogEntry;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Rebuilds the messages of a batch from their records and the blobs that are stored, and compares
 * their digests. For one thread.
 */
final class Prover {
  private final MessageReader messages;
  private final SortedMap<String, VersionVector> seen;

  /**
   * A prover.
   *
   * @param recent of what is stored, the contents that need not be read for that
   * @param seen what was seen here before: of changes among it nothing is rebuilt
   */
  Prover(StoreReader reader, Recent recent, SortedMap<String, VersionVector> seen) {
    this.messages = new MessageReader(reader, recent.before(reader));
    this.seen = seen;
  }

  /**
   * What became of the records of a batch that its changes name.
   *
   * @param proven those whose messages were rebuilt
   * @param faults why the others were not, in one line each
   */
  record Proof(Map<RecordId, StoredRecord> proven, Map<RecordId, String> faults) {}

  /**
   * Proves a batch whose blobs can be read.
   *
   * @param records the records that came with it, or because of it
   * @param lacking why things did not come, by the message or blob
   */
  Proof prove(Batch batch, Map<RecordId, StoredRecord> records, Map<Object, String> lacking) {
    Proof proof = new Proof(new HashMap<>(), new HashMap<>());
    for (LogEntry entry : batch.entries()) {
      StoredRecord record = entry.message().map(records::get).orElse(null);
      if (record != null && isNew(entry) && !proof.proven().containsKey(record.id())) {
        Optional<String> fault = fault(record, entry, lacking);
        if (fault.isEmpty()) {
          proof.proven().put(record.id(), record);
        } else {
          proof.faults().put(record.id(), fault.get());
        }
      }
    }
    return proof;
  }

  private boolean isNew(LogEntry entry) {
    return entry.sequence()
        > seen.getOrDefault(entry.account(), VersionVector.NOTHING).number(entry.origin());
  }

  /** What is wrong with the size of which a change speaks. */
  static Optional<String> wrongSize(StoredRecord record, LogEntry entry) {
    return record.length() == entry.messageSize()
        ? Optional.empty()
        : Optional.of(
            "message "
                + record.id()
                + " is said to have "
                + entry.messageSize()
                + " bytes, and its record says "
                + record.length());
  }

  private Optional<String> fault(StoredRecord record, LogEntry entry, Map<Object, String> lacking) {
    Optional<String> wrongSize = wrongSize(record, entry);
    if (wrongSize.isPresent()) {
      return wrongSize;
    }
    Optional<String> missing =
        record.blobs().stream().filter(lacking::containsKey).findFirst().map(lacking::get);
    if (missing.isPresent()) {
      return missing;
    }
    try {
      messages.copyTo(record, OutputStream.nullOutputStream());
      return Optional.empty();
    } catch (IOException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }
}
