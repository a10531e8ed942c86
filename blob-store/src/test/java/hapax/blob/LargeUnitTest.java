package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A unit of work of which more rows come than memory may hold: still all of it or nothing. */
class LargeUnitTest {
  private static final int ENTRIES = 400;
  private static final int UNITS = 3;
  private static final int UNIT = 100;

  private CrashDisk disk = new CrashDisk();
  private CrashCatalog catalog = new CrashCatalog();

  private static byte[] entry(int number) {
    return ("entry of a large unit, number " + number).getBytes(UTF_8);
  }

  private static void small(BlobStore store) throws IOException {
    try (Intake unit = store.intake()) {
      unit.append("before".getBytes(UTF_8));
    }
    store.commit();
  }

  private static void large(Intake unit) throws IOException {
    for (int i = 0; i < ENTRIES; i++) {
      unit.append(entry(i));
    }
  }

  private static int entries(BlobStore store) throws IOException {
    int[] count = {0};
    store.rows().scan(new byte[0], null, (key, value) -> ++count[0] > 0);
    return count[0];
  }

  private Optional<Position> position() throws IOException {
    return Position.of(catalog, StoreModel.ID);
  }

  @Test
  void rowsGoToTheCatalogAheadAndAreSeenAllTheWhile() throws IOException {
    try (PackStore store = StoreModel.open(disk, catalog)) {
      small(store);
      assertTrue(position().isPresent());
      try (Intake unit = store.intake()) {
        for (int i = 0; i < ENTRIES; i++) {
          unit.append(entry(i));
          assertEquals(i + 2, entries(store));
          assertArrayEquals(new byte[] {1}, store.rows().get(entry(0)));
        }
        assertTrue(catalog.get(Rows.key(Rows.UPPER, entry(0))) != null, "in memory until the end");
        assertTrue(position().isEmpty(), "who finds this would take it for what was committed");
      }
      store.commit();
      assertTrue(position().isPresent());
    }
    StoreModel.checkRebuilt(disk, catalog);
  }

  @Test
  void smallUnitsWaitForTheirCommit() throws IOException {
    try (PackStore store = StoreModel.open(disk, catalog)) {
      small(store);
      for (int i = 0; i < ENTRIES; i++) {
        try (Intake unit = store.intake()) {
          unit.append(entry(i));
        }
      }
      assertTrue(position().isPresent());
      assertEquals(null, catalog.get(Rows.key(Rows.UPPER, entry(0))));
    }
  }

  @Test
  void unitThatIsNeverCommittedLeavesNothing() throws IOException {
    try (PackStore store = StoreModel.open(disk, catalog)) {
      small(store);
      try (Intake unit = store.intake()) {
        large(unit);
      }
    }
    try (PackStore store = StoreModel.open(disk, catalog)) {
      assertEquals(1, entries(store));
    }
    StoreModel.checkRebuilt(disk, catalog);
  }

  /** Does the work until the disk stops; says whether it came to the end. */
  private boolean work(int changes) throws IOException {
    try (PackStore store =
        StoreModel.open(new FaultDisk(disk, FaultDisk.Fault.stopping(changes)), catalog)) {
      small(store);
      try (Intake unit = store.intake()) {
        large(unit);
      }
      store.commit();
      return true;
    } catch (IOException stopped) {
      return false;
    }
  }

  @Test
  void isThereAsAWholeOrNotAtAllWhereverItStops() throws IOException {
    boolean finished = false;
    int n = 0;
    for (; !finished; n++) {
      for (boolean power : new boolean[] {false, true}) {
        disk = new CrashDisk();
        catalog = new CrashCatalog();
        finished = work(n);
        disk = power ? disk.afterPowerLoss(n) : disk.afterKill();
        catalog = power ? catalog.afterPowerLoss(n) : catalog.afterKill();
        try (PackStore store = StoreModel.open(disk, catalog)) {
          int there = entries(store);
          boolean whole = there == ENTRIES + 1;
          assertTrue(whole || (there <= 1 && !finished), there + " after " + n);
        }
        StoreModel.checkRebuilt(disk, catalog);
      }
    }
    assertTrue(n > 10, "only " + n + " changes");
  }

  /** Commits units one after another until the disk stops; gives what entries were acknowledged. */
  private int acknowledged(int changes) {
    int acknowledged = 0;
    try (PackStore store =
        StoreModel.open(new FaultDisk(disk, FaultDisk.Fault.stopping(changes)), catalog)) {
      for (int k = 0; k < UNITS; k++) {
        try (Intake unit = store.intake()) {
          for (int i = 0; i < UNIT; i++) {
            unit.append(entry(k * UNIT + i));
          }
        }
        store.commit();
        acknowledged += UNIT;
      }
    } catch (IOException stopped) {
      assertTrue(acknowledged < UNITS * UNIT, "stopped when all was done");
    }
    return acknowledged;
  }

  @Test
  void whatWasCommittedBeforeIsNeverLostWhereverItStops() throws IOException {
    int n = 0;
    int withoutPosition = 0;
    for (int there = 0; there < UNITS * UNIT; n++) {
      for (int seed = 0; seed < 8; seed++) {
        disk = new CrashDisk();
        catalog = new CrashCatalog();
        int acknowledged = acknowledged(n);
        disk = seed == 0 ? disk.afterKill() : disk.afterPowerLoss(1000L * seed + n);
        catalog = seed == 0 ? catalog.afterKill() : catalog.afterPowerLoss(777L * seed + n);
        withoutPosition += position().isEmpty() ? 1 : 0;
        try (PackStore store = StoreModel.open(disk, catalog)) {
          int found = entries(store);
          assertTrue(
              found >= acknowledged && found % UNIT == 0,
              found + " of " + acknowledged + " after " + n + ", seed " + seed);
          there = acknowledged;
          small(store);
        }
        StoreModel.checkRebuilt(disk, catalog);
      }
    }
    assertTrue(n > 10 && withoutPosition > n, n + " changes, " + withoutPosition);
  }

  @Test
  void whatAUnitPutBeforeItFailedIsCommittedWithTheNextAsOfAnyUnit() throws IOException {
    try (PackStore store = StoreModel.open(disk, catalog)) {
      try (Intake unit = store.intake()) {
        large(unit);
        throw new IllegalStateException("what the caller does fails");
      } catch (IllegalStateException failed) {
        assertTrue(position().isEmpty(), "rows went ahead");
      }
      assertEquals(ENTRIES, entries(store));
      small(store);
      assertTrue(position().isPresent());
    }
    try (PackStore store = StoreModel.open(disk, catalog)) {
      assertEquals(ENTRIES + 1, entries(store));
    }
    StoreModel.checkRebuilt(disk, catalog);
  }
}
