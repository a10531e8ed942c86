package hapax.blob;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records, small blobs and log entries that travel together; {@link ParcelCodec} packs them. */
public final class Parcel {
  private final List<StoredRecord> records = new ArrayList<>();
  private final Map<BlobId, byte[]> blobs = new LinkedHashMap<>();
  private final List<byte[]> logEntries = new ArrayList<>();
  private final Group group;
  private final PackedPiece piece;

  Parcel(PackedPiece piece, Group group) {
    this.piece = piece;
    this.group = group;
    for (GroupEntry entry : group.entries()) {
      if (entry instanceof GroupEntry.RecordEntry record) {
        records.add(group.record(record));
      } else if (entry instanceof GroupEntry.BlobEntry blob) {
        blobs.put(blob.id(), group.bytes(blob.content()));
      } else if (entry instanceof GroupEntry.LogEntry log) {
        logEntries.add(group.bytes(log.entry()));
      }
    }
  }

  /** The records, in order. */
  public List<StoredRecord> records() {
    return records;
  }

  /** The contents of small blobs as they came: nobody has compared them with their ids. */
  public Map<BlobId, byte[]> blobs() {
    return blobs;
  }

  /** The log entries, in order. */
  public List<byte[]> logEntries() {
    return logEntries;
  }

  /** Its length in bytes when unpacked. */
  public int length() {
    return group.rawLength();
  }

  Group group() {
    return group;
  }

  /** The group as it came. */
  PackedPiece packed() {
    return piece;
  }

  /** A parcel under way. */
  public static final class Builder implements Packable {
    private static final byte[] NO_KEY = new byte[0];

    private final GroupBuilder group = new GroupBuilder();

    /** Adds a record. */
    public void add(StoredRecord record) {
      group.add(record);
    }

    /** Adds a small blob. */
    public void add(BlobId id, byte[] content) {
      group.add(id, content);
    }

    /** Adds a log entry. */
    public void add(byte[] logEntry) {
      group.add(NO_KEY, logEntry);
    }

    public boolean isEmpty() {
      return group.isEmpty();
    }

    /** Length of what there is, in bytes, before compression. */
    public int size() {
      return group.size();
    }

    byte[] bytes() {
      return group.bytes();
    }
  }
}
