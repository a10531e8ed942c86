package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.RecordId;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows folded into memory: what an account was at a moment, or what its index must be. Some 300
 * bytes for each item. For one thread.
 */
final class MemoryRows implements FoldRows {
  private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
  private long holders;

  @Override
  public byte @Nullable [] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    SortedMap<byte[], byte[]> range = to == null ? rows.tailMap(from) : rows.subMap(from, to);
    for (Map.Entry<byte[], byte[]> row : range.entrySet()) {
      if (!visitor.row(row.getKey(), row.getValue())) {
        return;
      }
    }
  }

  @Override
  public void put(byte[] key, byte[] value) {
    rows.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    rows.remove(key);
  }

  @Override
  public void relieve() {
    // They are in memory, all of them.
  }

  @Override
  public void forgetLog(byte[] from, byte[] to) {
    // There is no log here to take entries out of.
  }

  @Override
  public void hold(RecordId record, byte[] holder) {
    holders++;
  }

  @Override
  public void release(RecordId record, byte[] holder) {
    holders--;
  }

  @Override
  public boolean holds(RecordId record, byte[] holder) {
    throw new UnsupportedOperationException("only the number of holders is kept");
  }

  /** How many items hold their record: the fold takes back only what it said before. */
  long holders() {
    return holders;
  }
}
