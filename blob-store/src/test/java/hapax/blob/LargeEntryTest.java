package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log entry of which more rows come than memory may hold, in a unit that is small. */
class LargeEntryTest {
  private static final int ROWS = 400;

  private CrashDisk disk = new CrashDisk();
  private CrashCatalog catalog = new CrashCatalog();
  private long mostInMemory;
  private boolean asksForRelief = true;

  private PackStore open(Disk on) throws IOException {
    CatalogRows rows = new CatalogRows(new KeptCatalog(catalog));
    PackPlace place = new DirectoryPacks(on, StoreModel.PACKS);
    PackFiles files = new PackFiles(place, StoreModel.ID);
    StoreParts parts = new StoreParts(StoreModel.ID, place, files, rows, MemoryCatalog::new, null);
    LogFold fold = (entry, to) -> fold(entry, to, rows);
    return new PackStore(parts, StoreModel.SMALL, fold, StoreModel.CLOCK);
  }

  private byte[] fold(byte[] entry, FoldRows to, CatalogRows all) throws IOException {
    for (int i = 0; i < ROWS; i++) {
      to.put((new String(entry, UTF_8) + i).getBytes(UTF_8), new byte[] {1});
      mostInMemory = Math.max(mostInMemory, all.openBytes());
      if (asksForRelief) {
        to.relieve();
      }
    }
    return entry;
  }

  private static void append(PackStore store, String entry) throws IOException {
    try (Intake unit = store.intake()) {
      unit.append(entry.getBytes(UTF_8));
    }
  }

  private static int rows(BlobStore store) throws IOException {
    int[] count = {0};
    store.rows().scan(new byte[0], null, (key, value) -> ++count[0] > 0);
    return count[0];
  }

  @Test
  void rowsGoAheadWhileTheEntryIsFolded() throws IOException {
    try (PackStore store = open(disk)) {
      append(store, "a");
      store.commit();
      append(store, "b");
      assertTrue(Position.of(catalog, StoreModel.ID).isEmpty());
      assertTrue(mostInMemory < 2 * StoreModel.SMALL.rowBytes(), mostInMemory + " bytes");
      assertEquals(2 * ROWS, rows(store));
      store.commit();
      assertTrue(Position.of(catalog, StoreModel.ID).isPresent());
      assertEquals(List.of(), store.check(CheckScope.FULL).findings());
    }
  }

  /** A change that expunges a thousand items is one of some kilobytes. */
  @Test
  void rowsOfShortEntriesGoAheadBetweenThem() throws IOException {
    asksForRelief = false;
    try (PackStore store = open(disk)) {
      append(store, "a");
      long ofOne = mostInMemory;
      store.commit();
      try (Intake unit = store.intake()) {
        for (String entry : new String[] {"b", "c", "d", "e"}) {
          unit.append(entry.getBytes(UTF_8));
        }
      }
      assertTrue(mostInMemory < ofOne * 3 / 2, mostInMemory + " bytes, of one " + ofOne);
      assertEquals(5 * ROWS, rows(store));
      store.commit();
      assertEquals(List.of(), store.check(CheckScope.FULL).findings());
    }
  }

  /** Appends until the disk stops; says how many were committed. */
  private int work(int changes) {
    int committed = 0;
    try (PackStore store = open(new FaultDisk(disk, FaultDisk.Fault.stopping(changes)))) {
      for (String entry : new String[] {"a", "b", "c"}) {
        append(store, entry);
        store.commit();
        committed++;
      }
    } catch (IOException stopped) {
      assertTrue(committed < 3, "stopped when all was done");
    }
    return committed;
  }

  @Test
  void isThereAsAWholeOrNotAtAllWhereverItStops() throws IOException {
    int committed = 0;
    for (int n = 0; committed < 3; n++) {
      for (boolean power : new boolean[] {false, true}) {
        disk = new CrashDisk();
        catalog = new CrashCatalog();
        committed = work(n);
        disk = power ? disk.afterPowerLoss(n) : disk.afterKill();
        catalog = power ? catalog.afterPowerLoss(n) : catalog.afterKill();
        try (PackStore store = open(disk)) {
          int there = rows(store);
          assertTrue(there % ROWS == 0 && there >= committed * ROWS, there + " after " + n);
          assertEquals(List.of(), store.check(CheckScope.FULL).findings());
        }
      }
    }
  }
}
