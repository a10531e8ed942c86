package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.BlobSource;
import hapax.blob.BlobStore;
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
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rebuilds the messages of a batch from their records and the blobs that are stored, or came with
 * it, and compares their digests. For one thread.
 */
final class Prover {
  /** Small blobs that came with batches which are not stored yet. */
  private final Map<BlobId, byte[]> carried = new ConcurrentHashMap<>();

  private final BlobStore store;
  private final HeldBlobs held;
  private final MessageReader messages;
  private final SortedMap<String, VersionVector> seen;

  /**
   * A prover.
   *
   * @param reader reads from the store, for this object alone
   * @param held content that need not be read back
   * @param seen what was seen here before: of changes among it nothing is rebuilt
   */
  Prover(
      BlobStore store, StoreReader reader, HeldBlobs held, SortedMap<String, VersionVector> seen) {
    this.store = store;
    this.held = held;
    this.messages = new MessageReader(reader, (id, length, sink) -> copy(reader, id, length, sink));
    this.seen = seen;
  }

  private void copy(BlobSource stored, BlobId id, long length, OutputStream sink)
      throws IOException {
    byte[] content = carried.get(id);
    if (content != null && content.length == length) {
      sink.write(content);
    } else if (!held.copyTo(id, length, sink)) {
      // It may have come in another session, too, which is about to store it.
      store.awaitReadable(id);
      stored.copyBlob(id, length, sink);
    }
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
   *     #release released}
   * @param records the records that came with it, or because of it
   * @param lacking why things did not come, by the message or blob
   */
  Proof prove(
      Batch batch,
      Map<BlobId, byte[]> carried,
      Map<RecordId, StoredRecord> records,
      Map<Object, String> lacking) {
    // Not before: what belongs to a batch before must be proven with what will be stored by then.
    this.carried.putAll(carried);
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

  /** Content that need not be read back. */
  HeldBlobs held() {
    return held;
  }

  /** A batch is stored, and so is what it carried. For any thread. */
  void release(Map<BlobId, byte[]> carried) {
    carried.forEach(this.carried::remove);
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
