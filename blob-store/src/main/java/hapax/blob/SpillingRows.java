package hapax.blob;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows in memory up to a limit; beyond it those in memory go to a catalog, which is made then. */
final class SpillingRows implements ScratchRows {
  /** What the rows in memory may take. */
  static final long MOST_BYTES = 16L << 20;

  /** What a row takes besides the bytes of its key and value: two arrays and the entry of a map. */
  private static final int ROW_BYTES = 100;

  private final StoreParts.Scratch scratch;
  private final long most;
  private volatile CatalogBatch batch = new CatalogBatch(new MemoryCatalog());
  private @Nullable Catalog catalog;
  private long bytes;

  SpillingRows(StoreParts.Scratch scratch, long most) {
    this.scratch = scratch;
    this.most = most;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    batch.put(key, value);
    bytes += ROW_BYTES + key.length + value.length;
  }

  @Override
  public void delete(byte[] key) {
    batch.delete(key);
    bytes += ROW_BYTES + key.length;
  }

  @Override
  public void spill() throws IOException {
    if (bytes <= most) {
      return;
    }
    Catalog to = catalog;
    if (to == null) {
      to = scratch.open();
      catalog = to;
    }
    to.write(batch.rows());
    batch = new CatalogBatch(to);
    bytes = 0;
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return batch.get(key);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    batch.scan(from, to, visitor);
  }

  @Override
  public void close() throws IOException {
    if (catalog != null) {
      catalog.close();
    }
  }
}
