package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The catalog and what will be in it: the open batch lies over the one that is being committed,
 * which lies over the catalog. Safe for threads.
 */
final class CatalogRows implements RowReader, Closeable {
  private final Catalog catalog;
  private volatile @Nullable CatalogBatch committing;
  private volatile CatalogBatch open;

  /** What lies under the open batch. */
  private final RowReader below =
      new RowReader() {
        @Override
        public byte @Nullable [] get(byte[] key) throws IOException {
          return lower().get(key);
        }

        @Override
        public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
          lower().scan(from, to, visitor);
        }
      };

  CatalogRows(Catalog catalog) {
    this.catalog = catalog;
    this.open = new CatalogBatch(below);
  }

  private RowReader lower() {
    CatalogBatch batch = committing;
    return batch == null ? catalog : batch;
  }

  Catalog catalog() {
    return catalog;
  }

  /** Where changes go. */
  CatalogBatch open() {
    return open;
  }

  /**
   * Freezes the open batch and begins a new one; {@link #finishCommit} follows, with no other in
   * between.
   */
  void prepareCommit() {
    CatalogBatch batch = open;
    batch.freeze();
    // The frozen batch lies over the catalog itself from now on, and stays readable until it is
    // written.
    committing = batch.over(catalog);
    open = new CatalogBatch(below);
  }

  /** Writes the frozen batch to the catalog. */
  void finishCommit() throws IOException {
    CatalogBatch batch = committing;
    if (batch != null) {
      catalog.write(batch.rows());
      committing = null;
    }
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return open.get(key);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    open.scan(from, to, visitor);
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
