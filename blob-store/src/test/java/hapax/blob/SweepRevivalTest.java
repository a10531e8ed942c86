package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is dead when a sweep begins and comes to life before it ends is kept. */
class SweepRevivalTest {
  private static final StoreOptions SMALL =
      new StoreOptions(512 << 10, 16 << 10, 4 << 10, 1, 1, 32 << 20);

  private final ExecutorService otherThread = Executors.newSingleThreadExecutor();

  @AfterEach
  void endThread() {
    otherThread.shutdown();
  }

  /** Work of another thread. */
  private interface Work {
    void run() throws IOException;
  }

  /** Does something in another thread before its n-th batch is written. */
  private final class InterruptedCatalog implements Catalog {
    private final MemoryCatalog rows = new MemoryCatalog();
    private Work work = () -> {};
    private int writesBefore = -1;

    void beforeWrite(int n, Work then) {
      writesBefore = n;
      work = then;
    }

    @Override
    public void write(SortedMap<byte[], byte @Nullable []> batch) throws IOException {
      if (writesBefore-- == 0) {
        try {
          otherThread
              .submit(
                  () -> {
                    work.run();
                    return null;
                  })
              .get();
        } catch (InterruptedException | ExecutionException e) {
          throw new IOException(e);
        }
      }
      rows.write(batch);
    }

    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
      return rows.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
      rows.scan(from, to, visitor);
    }

    @Override
    public void clear() throws IOException {
      rows.clear();
    }

    @Override
    public long storedBytes() throws IOException {
      return rows.storedBytes();
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  private int reviveBeforeWrite(int n, boolean sameRecords) throws IOException {
    InterruptedCatalog catalog = new InterruptedCatalog();
    StoreParts parts = new StoreParts(new byte[16], new MemoryPacks(), catalog, null);
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      List<StoredRecord> dead = new ArrayList<>();
      TestMail mail = new TestMail(31);
      TestMail gone = new TestMail(77);
      for (int i = 0; i < 12; i++) {
        mail.add(store, 60_000);
        try (Intake unit = store.intake()) {
          dead.add(gone.add(unit, "nobody holds " + n + " " + i, 60_000));
        }
      }
      store.commit();
      SweepPlan plan = store.planSweep(SweepMargins.NOW);
      TestMail again = new TestMail(77);
      catalog.beforeWrite(
          n,
          () -> {
            if (sameRecords) {
              holdAgain(store, dead);
            } else {
              putAgain(store, again, n);
            }
          });
      SweepResult result = store.sweep(plan);
      store.commit();
      mail.checkAll(store);
      again.checkAll(store);
      assertEquals(List.of(), store.check(CheckScope.FULL).findings(), "before write " + n);
      return result.packsRemoved();
    }
  }

  /** The same content under other names. */
  private static void putAgain(BlobStore store, TestMail again, int n) throws IOException {
    for (int i = 0; i < 12; i++) {
      try (Intake unit = store.intake()) {
        StoredRecord record = again.add(unit, "somebody holds " + n + " " + i, 60_000);
        unit.append(TestMail.entry('+', record.id()));
      }
    }
  }

  /** Records that the store still has, blobs and all, find a holder. */
  private static void holdAgain(BlobStore store, List<StoredRecord> dead) throws IOException {
    for (StoredRecord record : dead) {
      try (Intake unit = store.intake()) {
        if (store.hasRecord(record.id())) {
          unit.append(TestMail.entry('+', record.id()));
        }
      }
    }
  }

  @Test
  void contentThatIsPutAgainIsKept() throws IOException {
    int removed = 0;
    for (int n = 0; n < 8; n++) {
      removed += reviveBeforeWrite(n, false);
    }
    assertTrue(removed > 8, "packs removed: " + removed);
  }

  /** Whether the record is still there is for the store to say; if it says so, it has its blobs. */
  @Test
  void recordThatFindsAHolderIsKeptWithItsBlobs() throws IOException {
    int removed = 0;
    for (int n = 0; n < 8; n++) {
      removed += reviveBeforeWrite(n, true);
    }
    assertTrue(removed > 8, "packs removed: " + removed);
  }
}
