package hapax.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/**
 * Rows in a RocksDB database of one column family. Its log is written but not synced: a power loss
 * takes back the last batches, whole ones, which are then replayed from the packs.
 *
 * <p>Calls hold {@link #use} for reading and {@link #close} holds it for writing, because native
 * code that is called after its end takes the process with it. So a visitor must not close the
 * catalog that calls it.
 */
final class RocksCatalog implements Catalog {
  /** What a short run writes is left to the log; one that writes more tidies up. */
  private static final int ROWS_OF_A_SHORT_RUN = 5_000;

  private final Path folder;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private final RocksOptions options;
  private final AtomicLong rowsWritten = new AtomicLong();

  /** Null once closed. */
  private @Nullable RocksDB database;

  /** Null if rows are there that another run wrote, or very many. */
  private volatile @Nullable WrittenKeys keys;

  private RocksCatalog(Path folder, RocksOptions options, RocksDB database) {
    this.folder = folder;
    this.options = options;
    this.database = database;
    this.keys = WrittenKeys.ifNone(database.getLatestSequenceNumber());
  }

  /**
   * The catalog in {@code folder}, which is made if it is not there.
   *
   * @throws CatalogDamagedException if what is there can not be read
   */
  static RocksCatalog open(Path folder) throws IOException {
    RocksLibrary.load();
    Files.createDirectories(folder);
    RocksOptions options = new RocksOptions();
    try {
      return new RocksCatalog(folder, options, RocksDB.open(options.database, folder.toString()));
    } catch (RocksDBException e) {
      options.close();
      throw failed(folder, "open", e);
    }
  }

  /** Removes the catalog in {@code folder}, whatever state it is in. */
  static void destroy(Path folder) throws IOException {
    RocksLibrary.load();
    try (RocksOptions options = new RocksOptions()) {
      RocksDB.destroyDB(folder.toString(), options.database);
    } catch (RocksDBException e) {
      throw failed(folder, "destroy", e);
    }
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    WrittenKeys written = keys;
    if (written != null && !written.mayContain(key)) {
      return null;
    }
    use.readLock().lock();
    try {
      return open().get(key);
    } catch (RocksDBException e) {
      throw failed(folder, "read", e);
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    use.readLock().lock();
    try (ReadOptions range = new ReadOptions();
        @Nullable Slice end = to == null ? null : new Slice(to)) {
      if (end != null) {
        range.setIterateUpperBound(end);
      }
      scan(from, range, visitor);
    } catch (RocksDBException e) {
      throw failed(folder, "read", e);
    } finally {
      use.readLock().unlock();
    }
  }

  private void scan(byte[] from, ReadOptions range, Visitor visitor)
      throws IOException, RocksDBException {
    try (RocksIterator rows = open().newIterator(range)) {
      for (rows.seek(from); rows.isValid(); rows.next()) {
        if (!visitor.row(rows.key(), rows.value())) {
          return;
        }
      }
      rows.status();
    }
  }

  @Override
  public void write(SortedMap<byte[], byte @Nullable []> rows) throws IOException {
    use.readLock().lock();
    try (WriteBatch batch = new WriteBatch()) {
      note(rows.keySet());
      for (Map.Entry<byte[], byte @Nullable []> row : rows.entrySet()) {
        byte @Nullable [] value = row.getValue();
        if (value == null) {
          batch.delete(row.getKey());
        } else {
          batch.put(row.getKey(), value);
        }
      }
      RocksDB there = open();
      there.write(options.write, batch);
      countWritten(there, rows.size());
    } catch (RocksDBException e) {
      throw failed(folder, "write", e);
    } finally {
      use.readLock().unlock();
    }
  }

  /** Before they are there for those who look. */
  private void note(Set<byte[]> added) {
    WrittenKeys written = keys;
    if (written != null) {
      synchronized (written) {
        added.forEach(written::add);
        if (written.isFull()) {
          keys = null;
        }
      }
    }
  }

  /**
   * Tables are merged only in runs that write much: a short one would throw away, when it ends,
   * what it has merged until then.
   */
  private void countWritten(RocksDB there, int rows) throws RocksDBException {
    long before = rowsWritten.getAndAdd(rows);
    if (before <= ROWS_OF_A_SHORT_RUN && before + rows > ROWS_OF_A_SHORT_RUN) {
      there.setOptions(
          MutableColumnFamilyOptions.builder().setDisableAutoCompactions(false).build());
    }
  }

  @Override
  public void clear() throws IOException {
    use.writeLock().lock();
    try {
      if (open().getLatestSequenceNumber() == 0) {
        return; // Nothing was ever written.
      }
      open().close();
      database = null;
      rowsWritten.set(0);
      RocksDB.destroyDB(folder.toString(), options.database);
      database = RocksDB.open(options.database, folder.toString());
      keys = new WrittenKeys();
    } catch (RocksDBException e) {
      throw failed(folder, "clear", e);
    } finally {
      use.writeLock().unlock();
    }
  }

  /** All files of the database, its logs included. */
  @Override
  public long storedBytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long sum = 0;
      for (Path file : (Iterable<Path>) files::iterator) {
        sum += sizeIfThere(file);
      }
      return sum;
    }
  }

  /** The engine removes files at any time. */
  private static long sizeIfThere(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    if (use.getReadHoldCount() > 0) {
      throw new IllegalStateException("a visitor must not close the catalog");
    }
    use.writeLock().lock();
    try {
      if (database != null) {
        flushLargeLog(database);
      }
    } catch (RocksDBException e) {
      throw failed(folder, "close", e);
    } finally {
      release();
      use.writeLock().unlock();
    }
  }

  /** So that the next start need not read it again. */
  private static void flushLargeLog(RocksDB database) throws RocksDBException {
    if (database.getLongProperty("rocksdb.num-entries-active-mem-table") > ROWS_OF_A_SHORT_RUN) {
      try (FlushOptions wait = new FlushOptions()) {
        database.flush(wait);
      }
    }
  }

  private void release() {
    keys = null;
    if (database != null) {
      database.close();
      database = null;
    }
    options.close();
  }

  private RocksDB open() throws IOException {
    RocksDB there = database;
    if (there == null) {
      throw new IOException("catalog " + folder + " is closed");
    }
    return there;
  }

  private static IOException failed(Path folder, String what, RocksDBException e) {
    String message = "can not " + what + " catalog " + folder + ": " + e.getMessage();
    return isDamage(e) ? new CatalogDamagedException(message, e) : new IOException(message, e);
  }

  /** Full disks, missing rights and locks pass; what else makes the files unreadable stays. */
  private static boolean isDamage(RocksDBException e) {
    Status status = e.getStatus();
    if (status == null) {
      return false;
    }
    return switch (status.getCode()) {
      case Corruption, InvalidArgument, NotFound, NotSupported -> true;
      case IOError -> String.valueOf(e.getMessage()).contains("No such file");
      default -> false;
    };
  }
}
