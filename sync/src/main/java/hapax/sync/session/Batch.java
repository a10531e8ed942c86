package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.sync.FieldWriter;
import hapax.sync.LogEntry;
import hapax.sync.VersionVector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes, those to one account by ascending stamp, with records of messages that they add: the
 * unit of exchange, in a session and in a bundle.
 *
 * @param number from 1 in a session or bundle
 * @param entries the changes
 * @param records records that come with them
 */
record Batch(long number, List<LogEntry> entries, Map<RecordId, StoredRecord> records) {
  /** The frame's payload: number, packed parcel. */
  static ByteBuffer encode(long number, byte[] packed) {
    byte[] head = new FieldWriter().varint(number).toBytes();
    return ByteBuffer.allocate(head.length + packed.length).put(head).put(packed).flip();
  }

  static Map<RecordId, StoredRecord> byId(List<StoredRecord> records) {
    Map<RecordId, StoredRecord> map = new LinkedHashMap<>();
    records.forEach(record -> map.put(record.id(), record));
    return map;
  }

  /** Messages that changes add, each once. */
  static Set<RecordId> named(List<LogEntry> entries) {
    Set<RecordId> named = new LinkedHashSet<>();
    entries.forEach(entry -> entry.message().ifPresent(named::add));
    return named;
  }

  /** Messages that the changes add and whose records do not come with them, each once. */
  Set<RecordId> offered() {
    Set<RecordId> offered = named(entries);
    offered.removeAll(records.keySet());
    return offered;
  }

  /** Blobs to which records refer, each once, in order of first appearance. */
  static Set<BlobId> blobs(Iterable<StoredRecord> records) {
    Set<BlobId> blobs = new LinkedHashSet<>();
    records.forEach(record -> blobs.addAll(record.blobs()));
    return blobs;
  }

  /** The changes by account, in their order. */
  Map<String, List<LogEntry>> byAccount() {
    Map<String, List<LogEntry>> byAccount = new LinkedHashMap<>();
    for (LogEntry entry : entries) {
      byAccount.computeIfAbsent(entry.account(), first -> new ArrayList<>()).add(entry);
    }
    return byAccount;
  }

  /** What a replica has seen of an account with these changes to it. */
  static VersionVector seen(List<LogEntry> entries) {
    SortedMap<Long, VersionVector.Mark> marks = new TreeMap<>();
    for (LogEntry entry : entries) {
      marks.put(entry.origin(), new VersionVector.Mark(entry.sequence(), entry.time()));
    }
    return new VersionVector(marks);
  }
}
