package hapax.blob;

import java.io.IOException;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A catalog that stays open when its store is closed, so that a test can look at it. */
record KeptCatalog(Catalog catalog) implements Catalog {
  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return catalog.get(key);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    catalog.scan(from, to, visitor);
  }

  @Override
  public void write(SortedMap<byte[], byte @Nullable []> rows) throws IOException {
    catalog.write(rows);
  }

  @Override
  public void clear() throws IOException {
    catalog.clear();
  }

  @Override
  public long storedBytes() throws IOException {
    return catalog.storedBytes();
  }

  @Override
  public void close() {
    // The test goes on with it.
  }
}
