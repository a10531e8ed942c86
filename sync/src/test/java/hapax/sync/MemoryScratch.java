package hapax.sync;

import hapax.blob.ScratchRows;
import java.io.IOException;

/** Rows for a while, in memory however many they are. */
final class MemoryScratch implements ScratchRows {
  private final MemoryRows rows = new MemoryRows();

  @Override
  public byte[] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) throws IOException {
    rows.scan(from, to, visitor);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    rows.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    rows.delete(key);
  }

  @Override
  public void spill() {}

  @Override
  public void close() {}
}
