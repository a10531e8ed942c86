package hapax.blob;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * How RocksDB is set up, and the native objects that this takes; {@code doc/adr-0003} says why each
 * is so. Close it after the database.
 */
final class RocksOptions implements AutoCloseable {
  /** Decoded blocks, their index and filters, and the write buffers, all charged to one cache. */
  private static final long CACHE_BYTES = 64L << 20;

  private static final long WRITE_BUFFER_BYTES = 8L << 20;
  private static final int WRITE_BUFFERS = 2;
  private static final long ARENA_BYTES = 64L << 10;
  private static final int BLOCK_BYTES = 16 << 10;
  private static final int FILTER_BITS_PER_KEY = 10;
  private static final int OPEN_FILES = 128;
  private static final long TABLE_BYTES = 16L << 20;
  private static final long WAL_BYTES = 32L << 20;
  private static final long INFO_LOG_BYTES = 256L << 10;

  /** In order of making; closed the other way round, users before what they use. */
  private final Deque<AutoCloseable> natives = new ArrayDeque<>();

  final Options database;
  final WriteOptions write;

  RocksOptions() {
    Cache cache = own(new LRUCache(CACHE_BYTES, 2, false, 0.5));
    WriteBufferManager buffers =
        own(new WriteBufferManager(WRITE_BUFFER_BYTES * WRITE_BUFFERS, cache));
    BlockBasedTableConfig table = table(cache, own(new BloomFilter(FILTER_BITS_PER_KEY)));
    database = own(new Options());
    database
        .setCreateIfMissing(true)
        .setTableFormatConfig(table)
        .setWriteBufferManager(buffers)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setArenaBlockSize(ARENA_BYTES)
        .setMaxWriteBufferNumber(WRITE_BUFFERS);
    keepFilesFew();
    startFast();
    write = own(new WriteOptions());
    write.setSync(false);
  }

  private <T extends AutoCloseable> T own(T made) {
    natives.push(made);
    return made;
  }

  private static BlockBasedTableConfig table(Cache cache, BloomFilter filter) {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setFilterPolicy(filter)
        .setOptimizeFiltersForMemory(true)
        .setBlockSize(BLOCK_BYTES)
        .setFormatVersion(6);
  }

  private void keepFilesFew() {
    database
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
        .setTargetFileSizeBase(TABLE_BYTES)
        .setMaxBackgroundJobs(2)
        .setMaxTotalWalSize(WAL_BYTES)
        .setRecycleLogFileNum(0)
        .setAllowFAllocate(false)
        .setManifestPreallocationSize(4096)
        .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setKeepLogFileNum(1);
  }

  private void startFast() {
    database
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setAvoidFlushDuringRecovery(true)
        .setMaxOpenFiles(OPEN_FILES)
        .setMaxFileOpeningThreads(1)
        .setSkipStatsUpdateOnDbOpen(true)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setDisableAutoCompactions(true);
  }

  /** Closing again does nothing. */
  @Override
  public void close() {
    while (!natives.isEmpty()) {
      closeOne(natives.pop());
    }
  }

  private static void closeOne(AutoCloseable made) {
    try {
      made.close();
    } catch (Exception e) {
      throw new IllegalStateException("native objects close without errors", e);
    }
  }
}
