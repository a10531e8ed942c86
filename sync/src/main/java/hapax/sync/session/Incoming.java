package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.CorruptStoreException;
import hapax.blob.Parcel;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A batch that came, on its way to be applied. */
final class Incoming {
  /** Bytes of records that were wanted, from which on no further one may come. */
  static final long MOST_RECORD_BYTES = 32 << 20;

  final Batch batch;

  /** Whether its content comes unasked. */
  final boolean isFull;

  /** What it came in. */
  final Parcel parcel;

  /** Small blobs that came with it and match their ids. */
  final Map<BlobId, byte[]> carried;

  /** Records that came because they were wanted. */
  final Map<RecordId, StoredRecord> records = new LinkedHashMap<>();

  /** Messages and blobs that come with the batch or were asked for because of it. */
  final Set<Object> expected = new HashSet<>();

  /** Blobs of which the batch spoke before its second stage. */
  final Set<BlobId> spokenOf = new HashSet<>();

  private long recordBytes;

  /** What was asked for in this stage and has not come yet. */
  private final Set<Object> outstanding = new LinkedHashSet<>();

  /** What the peer may send in this stage though it is owned here: it need not know that. */
  private final Set<Object> welcome = new HashSet<>();

  /** Accounts of which not all of its changes were taken in, and how many were. */
  SortedMap<String, Integer> stopped = new TreeMap<>();

  /** What became of its records; set before it is applied. */
  Prover.@Nullable Proof proof;

  /** How far content is held that came until it was complete; set then. */
  long heldUpTo;

  private @Nullable Asked asked;

  Incoming(Batch batch, boolean isFull, Parcel parcel, Map<BlobId, byte[]> carried) {
    this.batch = batch;
    this.isFull = isFull;
    this.parcel = parcel;
    this.carried = carried;
    expected.addAll(carried.keySet());
    expected.addAll(batch.records().keySet());
  }

  /** What was asked for in one stage: positions in the messages, then in the blobs. */
  record Asked(int stage, List<RecordId> messages, List<BlobId> blobs, BitSet wanted) {
    Asked(int stage, List<RecordId> messages, List<BlobId> blobs) {
      this(stage, List.copyOf(messages), List.copyOf(blobs), new BitSet());
    }

    void set(int position, boolean isWanted) {
      wanted.set(position, isWanted);
    }

    boolean isEmpty() {
      return wanted.isEmpty();
    }

    int size() {
      return messages.size() + blobs.size();
    }

    Object at(int position) {
      return position < messages.size()
          ? messages.get(position)
          : blobs.get(position - messages.size());
    }
  }

  void ask(Asked what) {
    asked = what;
    // What did not come in the stage before may not come any more: it is known to be lacking.
    outstanding.clear();
    welcome.clear();
    spokenOf.addAll(what.blobs());
    what.wanted().stream().forEach(position -> outstanding.add(what.at(position)));
    expected.addAll(outstanding);
    if (isFull) {
      welcome.addAll(what.messages());
      welcome.addAll(what.blobs());
    }
  }

  Asked asked() {
    return Objects.requireNonNull(asked);
  }

  Prover.Proof proof() {
    return Objects.requireNonNull(proof);
  }

  /** A record came that was wanted; fails if too much came already. */
  void take(StoredRecord record) throws SyncException {
    if (recordBytes >= MOST_RECORD_BYTES) {
      throw new SyncException("the peer sends more records than it may at once");
    }
    recordBytes += bytes(record);
    records.put(record.id(), record);
    came(record.id());
  }

  /** The bytes that a record holds by itself. */
  static int bytes(StoredRecord record) {
    return record.summary().length
        + record.plan().length
        + record.head().length
        + record.body().length;
  }

  /** Something begins to come; fails if it was not asked for in this stage, or came before. */
  void require(Object id, Frame frame) throws CorruptStoreException {
    if (!outstanding.contains(id) && !welcome.contains(id)) {
      throw frame.fields().fault(0, "what was asked for", id + "");
    }
  }

  /** Something came in whole, or it was told why it is lacking. */
  void came(Object id) {
    outstanding.remove(id);
    welcome.remove(id);
  }

  /** Whether something that is needed has not come in this stage. */
  boolean needs(Object id) {
    return outstanding.contains(id);
  }

  /** What was asked for in this stage and did not come. */
  List<Object> lacking() {
    return List.copyOf(outstanding);
  }

  /** All that was asked for in this stage and did not come, or was yet to be asked for. */
  Set<Object> missing() {
    Set<Object> missing = new HashSet<>(Batch.blobs(allRecords().values()));
    missing.removeAll(spokenOf);
    missing.addAll(outstanding);
    return missing;
  }

  Collection<StoredRecord> wantedRecords() {
    return records.values();
  }

  Map<RecordId, StoredRecord> allRecords() {
    Map<RecordId, StoredRecord> all = new HashMap<>(batch.records());
    all.putAll(records);
    return all;
  }
}
