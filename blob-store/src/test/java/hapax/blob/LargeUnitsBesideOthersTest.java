package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large units of work beside small ones, readers, checks and sweeps. */
@Timeout(60)
class LargeUnitsBesideOthersTest {
  private static final byte[] COUNT = {0};
  private static final int UNITS = 25;
  private static final int LARGE = 150;

  private final CrashDisk disk = new CrashDisk();
  private final CrashCatalog catalog = new CrashCatalog();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** A row for each entry, and one that counts them: folds that are lost or mixed up show. */
  private static byte[] fold(byte[] entry, FoldRows rows) throws IOException {
    if (rows.get(entry) == null) {
      rows.put(entry, new byte[] {1});
      rows.put(COUNT, ByteBuffer.allocate(Long.BYTES).putLong(count(rows) + 1).array());
    }
    return entry;
  }

  private static long count(RowReader rows) throws IOException {
    byte[] count = rows.get(COUNT);
    return count == null ? 0 : ByteBuffer.wrap(count).getLong();
  }

  private static PackStore open(Disk disk, Catalog catalog) throws IOException {
    PackPlace place = new DirectoryPacks(disk, StoreModel.PACKS);
    return new PackStore(
        new StoreParts(StoreModel.ID, place, new KeptCatalog(catalog), null),
        StoreModel.SMALL,
        LargeUnitsBesideOthersTest::fold,
        StoreModel.CLOCK);
  }

  /** Commits units; gives how many entries they had. */
  private long write(PackStore store, int who, boolean large) throws IOException {
    Random random = new Random(who);
    long written = 0;
    for (int u = 0; u < UNITS; u++) {
      int entries = large ? LARGE : 1 + random.nextInt(3);
      List<String> mine = new ArrayList<>();
      try (Intake unit = store.intake()) {
        for (int i = 0; i < entries; i++) {
          String entry = who + " " + u + " " + i;
          unit.append(entry.getBytes(UTF_8));
          mine.add(entry);
          require(store.rows().get(entry.getBytes(UTF_8)) != null, "no row of " + entry);
          if (i % 20 == 0) {
            byte[] content = BlobContent.of(random, 300, true);
            unit.putBlob(BlobContent.id(content), content.length, sink -> sink.write(content));
          }
        }
      }
      store.commit();
      acknowledged.addAll(mine);
      written += entries;
    }
    return written;
  }

  private static void require(boolean so, String what) {
    if (!so) {
      throw new IllegalStateException(what);
    }
  }

  private void read(PackStore store) throws IOException {
    List<String> expected = List.copyOf(acknowledged);
    Set<String> seen = new HashSet<>();
    store
        .rows()
        .scan(
            new byte[0], null, (key, value) -> seen.add(new String(key, UTF_8)) || !seen.isEmpty());
    require(seen.containsAll(expected), "a scan misses rows that were committed before it began");
  }

  private static void upkeep(PackStore store, boolean sweeps) throws IOException {
    if (sweeps) {
      store.sweep(store.planSweep(new SweepMargins(0)));
    }
    List<Finding> findings = store.check(CheckScope.FULL).findings();
    require(findings.isEmpty(), "findings " + findings);
  }

  /** What is done again and again until others are done. */
  private interface Round {
    void run() throws IOException;
  }

  private static Callable<Long> until(AtomicBoolean done, Round round) {
    return () -> {
      do {
        round.run();
      } while (!done.get());
      return 0L;
    };
  }

  private long work(PackStore store, boolean sweeps) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Long>> writers = new ArrayList<>();
      for (int who = 0; who < 4; who++) {
        int me = who;
        writers.add(threads.submit(() -> write(store, me, me < 2)));
      }
      List<Future<Long>> others =
          List.of(
              threads.submit(until(done, () -> read(store))),
              threads.submit(until(done, () -> upkeep(store, sweeps))));
      long written = sum(writers);
      done.set(true);
      return written + sum(others);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  private static long sum(List<Future<Long>> results)
      throws InterruptedException, ExecutionException {
    long sum = 0;
    for (Future<Long> each : results) {
      sum += each.get();
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsLostOrCountedTwice(boolean sweeps) throws Exception {
    long written;
    try (PackStore store = open(disk, catalog)) {
      written = work(store, sweeps);
      assertEquals(written, count(store.rows()));
      assertEquals(List.of(), store.check(CheckScope.FULL).findings());
    }
    for (Catalog each : List.of(catalog, new CrashCatalog())) {
      try (PackStore store = open(disk, each)) {
        assertEquals(written, count(store.rows()));
        assertEquals(List.of(), store.check(CheckScope.FULL).findings());
      }
    }
  }
}
