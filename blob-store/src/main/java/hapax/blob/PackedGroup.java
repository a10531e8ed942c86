package hapax.blob;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A whole group of the store, as it lies there: to be handed on without packing it again. */
public final class PackedGroup implements Packable {
  /** Entries that belong to units of which another part lies in a group before or after. */
  private static final int LOOSE = 16;

  private final ByteBuffer stored;
  private final boolean compressed;
  private final int length;
  private final List<StoredRecord> records = new ArrayList<>();
  private final List<BlobId> blobs = new ArrayList<>();
  private final List<byte[]> logEntries = new ArrayList<>();

  /** Copies what it needs of {@code group}, and keeps {@code stored}. */
  PackedGroup(ByteBuffer stored, boolean compressed, Group group) {
    this.stored = stored;
    this.compressed = compressed;
    this.length = group.rawLength();
    for (GroupEntry entry : group.entries()) {
      if (entry instanceof GroupEntry.RecordEntry record) {
        records.add(group.record(record));
      } else if (entry instanceof GroupEntry.BlobEntry blob) {
        blobs.add(blob.id());
      } else if (entry instanceof GroupEntry.LogEntry log) {
        logEntries.add(group.bytes(log.entry()));
      }
    }
  }

  /** The records, in order. */
  public List<StoredRecord> records() {
    return records;
  }

  /** The small blobs that lie in it, in order. */
  public List<BlobId> blobs() {
    return blobs;
  }

  /** The log entries, in order. */
  public List<byte[]> logEntries() {
    return logEntries;
  }

  /** Its length in bytes when unpacked. */
  public int length() {
    return length;
  }

  /**
   * Whether nearly all in it belongs together: records that its log entries name, and blobs of
   * these. Of the units at its edges some parts lie in other groups; what nobody needs any more is
   * more than that.
   *
   * @param named the messages that its log entries name
   */
  public boolean isOfOneTime(Set<RecordId> named) {
    Set<BlobId> referred = new HashSet<>();
    long looseRecords = 0;
    for (StoredRecord record : records) {
      if (named.contains(record.id())) {
        referred.addAll(record.blobs());
      } else {
        looseRecords++;
      }
    }
    long looseBlobs = blobs.stream().filter(blob -> !referred.contains(blob)).count();
    return looseRecords + looseBlobs <= LOOSE;
  }

  ByteBuffer packed() {
    return ParcelCodec.packed(stored.duplicate(), compressed, length);
  }
}
