package hapax.blob;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A group under way: entries in order of arrival, their bytes in columns, because like compresses
 * with like. Not safe for threads; {@link Group} reads what this writes.
 *
 * <pre>
 * number of entries
 * for each entry: kind
 *   1 record:     id, length, number of blobs and their ids, length of summary and summary, lengths of plan, head, body
 *   2 small blob: id, length
 *   3 log entry:  length
 * the plans, the heads, the bodies, the small blobs, the log entries, each in order
 * </pre>
 *
 * Ids are 32 bytes, kinds one; all numbers are {@link VarInts}.
 */
final class GroupBuilder {
  static final int RECORD = 1;
  static final int BLOB = 2;
  static final int LOG = 3;

  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final ByteArrayOutputStream plans = new ByteArrayOutputStream();
  private final ByteArrayOutputStream heads = new ByteArrayOutputStream();
  private final ByteArrayOutputStream bodies = new ByteArrayOutputStream();
  private final ByteArrayOutputStream blobs = new ByteArrayOutputStream();
  private final ByteArrayOutputStream logs = new ByteArrayOutputStream();
  private final List<byte[]> logKeys = new ArrayList<>();
  private int count;

  void add(StoredRecord record) {
    directory.write(RECORD);
    directory.writeBytes(record.id().toBytes());
    VarInts.put(directory, record.length());
    VarInts.put(directory, record.blobs().size());
    for (BlobId blob : record.blobs()) {
      directory.writeBytes(blob.toBytes());
    }
    VarInts.put(directory, record.summary().length);
    directory.writeBytes(record.summary());
    column(plans, record.plan());
    column(heads, record.head());
    column(bodies, record.body());
    count++;
  }

  void add(BlobId id, byte[] content) {
    directory.write(BLOB);
    directory.writeBytes(id.toBytes());
    column(blobs, content);
    count++;
  }

  /** Adds a log entry that the catalog will find under {@code key}. */
  void add(byte[] key, byte[] entry) {
    directory.write(LOG);
    column(logs, entry);
    logKeys.add(key);
    count++;
  }

  private void column(ByteArrayOutputStream column, byte[] bytes) {
    VarInts.put(directory, bytes.length);
    column.writeBytes(bytes);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Keys of the log entries, in order. */
  List<byte[]> logKeys() {
    return logKeys;
  }

  /** Length of the group as it would be written now, in bytes, to within the length of a number. */
  int size() {
    return directory.size()
        + plans.size()
        + heads.size()
        + bodies.size()
        + blobs.size()
        + logs.size();
  }

  /** The whole group, in a buffer of {@code codec}, ready to be encoded. */
  ByteBuffer write(FrameCodec codec) {
    byte[] counted = counted();
    return write(counted, codec.raw(counted.length + size()));
  }

  /** The whole group. */
  byte[] bytes() {
    byte[] counted = counted();
    return write(counted, ByteBuffer.allocate(counted.length + size())).array();
  }

  private byte[] counted() {
    ByteArrayOutputStream counted = new ByteArrayOutputStream();
    VarInts.put(counted, count);
    return counted.toByteArray();
  }

  private ByteBuffer write(byte[] counted, ByteBuffer out) {
    out.put(counted);
    for (ByteArrayOutputStream column : List.of(directory, plans, heads, bodies, blobs, logs)) {
      out.put(column.toByteArray());
    }
    return out.flip();
  }
}
