package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The catalog and what will be in it: the open batch lies over the one that is being committed,
 * which lies over the catalog. Safe for threads.
 */
final class CatalogRows implements RowReader, Closeable {
  private final Catalog catalog;

  /** Shared by those who change rows; exclusive to who lays a new batch over the open one. */
  private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();

  private final RowWriter writer =
      new RowWriter() {
        @Override
        public void put(byte[] key, byte[] value) {
          changing.readLock().lock();
          try {
            open.put(key, value);
          } finally {
            changing.readLock().unlock();
          }
        }

        @Override
        public void delete(byte[] key) {
          changing.readLock().lock();
          try {
            open.delete(key);
          } finally {
            changing.readLock().unlock();
          }
        }
      };

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
  RowWriter open() {
    return writer;
  }

  /** Whether anything was changed since the last commit. */
  boolean isChanged() {
    return !open.isEmpty();
  }

  /** About what the changes since the last commit take in memory. */
  long openBytes() {
    return open.bytes();
  }

  /**
   * Freezes the open batch and begins a new one; {@link #finishCommit} follows, with no other in
   * between.
   */
  void prepareCommit() {
    changing.writeLock().lock();
    try {
      CatalogBatch batch = open;
      batch.freeze();
      // The frozen batch lies over the catalog itself from now on, and stays readable until it is
      // written.
      committing = batch.over(catalog);
      open = new CatalogBatch(below);
    } finally {
      changing.writeLock().unlock();
    }
  }

  /**
   * Writes the open batch to the catalog ahead of its commit; no other may be under way. Until that
   * comes the catalog has no position: it has rows of what may never be committed, so a process
   * that finds it like this makes it anew.
   */
  void writeAhead() throws IOException {
    Position.remove(writer);
    prepareCommit();
    finishCommit();
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
