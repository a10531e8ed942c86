package hapax.sync.session;

import hapax.blob.BlobId;
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
import java.util.Set;
import java.util.SortedMap;

/**
 * Rebuilds the messages of a batch from their records and the blobs that are stored, and compares
 * their digests. For one thread.
 */
final class Prover {
  private final MessageReader messages;
  private final Recent recent;
  private final SortedMap<String, VersionVector> seen;

  /**
   * A prover.
   *
   * @param recent of what is stored, the contents that need not be read for that
   * @param seen what was seen here before: of changes among it nothing is rebuilt
   */
  Prover(StoreReader reader, Recent recent, SortedMap<String, VersionVector> seen) {
    this.messages = new MessageReader(reader, recent.before(reader));
    this.recent = recent;
    this.seen = seen;
  }

  /**
   * What became of the records of a batch that its changes name.
   *
   * @param proven those whose messages were rebuilt
   * @param faults why the others were not, in one line each
   */
  record Proof(Map<RecordId, StoredRecord> proven, Map<RecordId, String> faults) {
    private boolean knows(RecordId id) {
      return proven.containsKey(id) || faults.containsKey(id);
    }
  }

  /**
   * Proves a batch whose blobs can be read.
   *
   * @param carried small blobs that came with it and match their ids; held until {@linkplain
   *     Recent#release released}
   * @param records the records that came with it, or because of it
   * @param lacking why things did not come, by the message or blob
   */
  Proof prove(
      Batch batch,
      Map<BlobId, byte[]> carried,
      Map<RecordId, StoredRecord> records,
      Map<Object, String> lacking) {
    // Not before: what belongs to a batch before must be proven with what will be stored by then.
    recent.carry(carried);
    lacking.keySet().removeAll(carried.keySet());
    Proof proof = new Proof(new HashMap<>(), new HashMap<>());
    Set<RecordId> named = Batch.named(batch.entries());
    for (StoredRecord record : batch.records().values()) {
      // A batch that is a whole group has records that only the next one names.
      if (!named.contains(record.id())) {
        note(record, fault(record, lacking), proof);
      }
    }
    for (LogEntry entry : batch.entries()) {
      StoredRecord record = entry.message().map(records::get).orElse(null);
      if (record != null && isNew(entry) && !proof.knows(record.id())) {
        note(record, fault(record, lacking), proof);
      }
    }
    return proof;
  }

  private static void note(StoredRecord record, Optional<String> fault, Proof proof) {
    if (fault.isEmpty()) {
      proof.proven().put(record.id(), record);
    } else {
      proof.faults().put(record.id(), fault.get());
    }
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

  private Optional<String> fault(StoredRecord record, Map<Object, String> lacking) {
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
