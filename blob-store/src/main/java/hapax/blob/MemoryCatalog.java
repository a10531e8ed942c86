package hapax.blob;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows in memory, gone with the object. A scan sees the rows as they stood when it began: a write
 * that meets a scan under way copies the rows and leaves the old ones to it.
 */
final class MemoryCatalog implements Catalog {
  private Rows current = new Rows(new TreeMap<>(Arrays::compareUnsigned));
  private boolean closed;

  @Override
  public synchronized byte @Nullable [] get(byte[] key) throws IOException {
    ensureOpen();
    return current.map.get(key);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    Rows rows = beginScan();
    try {
      SortedMap<byte[], byte[]> range =
          to == null ? rows.map.tailMap(from) : rows.map.subMap(from, to);
      for (Map.Entry<byte[], byte[]> row : range.entrySet()) {
        if (!visitor.row(row.getKey(), row.getValue())) {
          return;
        }
      }
    } finally {
      endScan(rows);
    }
  }

  private synchronized Rows beginScan() throws IOException {
    ensureOpen();
    current.scans++;
    return current;
  }

  private synchronized void endScan(Rows rows) {
    rows.scans--;
  }

  @Override
  public synchronized void write(SortedMap<byte[], byte @Nullable []> rows) throws IOException {
    ensureOpen();
    if (current.scans > 0) {
      current = new Rows(new TreeMap<>(current.map));
    }
    rows.forEach(current::change);
  }

  @Override
  public synchronized void clear() throws IOException {
    ensureOpen();
    current = new Rows(new TreeMap<>(Arrays::compareUnsigned));
  }

  /** Keys and values, without what the map around them takes. */
  @Override
  public synchronized long storedBytes() throws IOException {
    ensureOpen();
    return current.map.entrySet().stream()
        .mapToLong(row -> row.getKey().length + row.getValue().length)
        .sum();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the catalog is closed");
    }
  }

  /** One state of the rows, and how many scans look at it. */
  private static final class Rows {
    private final NavigableMap<byte[], byte[]> map;
    private int scans;

    Rows(NavigableMap<byte[], byte[]> map) {
      this.map = map;
    }

    void change(byte[] key, byte @Nullable [] value) {
      if (value == null) {
        map.remove(key);
      } else {
        map.put(key, value);
      }
    }
  }
}
