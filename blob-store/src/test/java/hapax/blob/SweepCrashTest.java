package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wherever a sweep ends, nothing that anyone holds is lost, and the next one frees the rest. */
class SweepCrashTest {
  private static final StoreOptions TINY =
      new StoreOptions(100 << 10, 8 << 10, 4 << 10, 1, 1, 4 << 10);
  private static final byte[] ID = new byte[16];
  private static final Path PACKS = Path.of("packs");

  private final TestMail mail = new TestMail(23);
  private final CrashDisk disk = new CrashDisk();
  private final CrashCatalog catalog = new CrashCatalog();
  private long fresh;

  private static PackStore open(Disk on, Catalog with) throws IOException {
    PackPlace place = new DirectoryPacks(on, PACKS);
    return new PackStore(
        new StoreParts(ID, place, with, null), TINY, TestMail::fold, Clock.systemUTC());
  }

  @BeforeEach
  void fillAndRemove() throws IOException {
    try (PackStore store = open(disk, catalog)) {
      for (int i = 0; i < 10; i++) {
        mail.add(store, 30_000);
        store.commit();
      }
      List<String> ids = mail.ids();
      for (int i = 0; i < ids.size(); i += 2) {
        mail.remove(store, ids.get(i));
      }
      store.commit();
    }
    CrashDisk whole = disk.afterKill();
    try (PackStore store = open(whole, catalog.afterKill())) {
      store.sweep(store.planSweep(SweepMargins.NOW));
      fresh = store.sizes().packBytes();
    }
  }

  /** Sweeps until the disk stops; gives whether it stopped. */
  private boolean sweep(Disk on, Catalog with) throws IOException {
    PackStore store;
    try {
      store = open(on, with);
    } catch (IOException stopped) {
      return true;
    }
    try {
      store.sweep(store.planSweep(SweepMargins.NOW));
      return false;
    } catch (IOException stopped) {
      return true;
    } finally {
      store.close();
    }
  }

  private void checkAfter(CrashDisk left, Catalog with, String when) throws IOException {
    try (PackStore store = open(left, with)) {
      mail.checkAll(store);
      assertEquals(List.of(), store.check(CheckScope.FULL).findings(), when);
      store.sweep(store.planSweep(SweepMargins.NOW));
      mail.checkAll(store);
      assertEquals(List.of(), store.check(CheckScope.FULL).findings(), when);
      long bytes = store.sizes().packBytes();
      assertTrue(bytes <= fresh * 1.1 + 4_000, when + ": " + bytes + " instead of " + fresh);
    }
  }

  @Test
  void processThatEndsAtAnyOperationLosesNothing() throws IOException {
    boolean stopped = true;
    for (int n = 0; stopped; n++) {
      CrashDisk on = disk.afterKill();
      CrashCatalog with = catalog.afterKill();
      stopped = sweep(new FaultDisk(on, FaultDisk.Fault.stopping(n)), with);
      checkAfter(on.afterKill(), with.afterKill(), "killed at " + n);
    }
  }

  @Test
  void powerLossAtAnyOperationLosesNothing() throws IOException {
    boolean stopped = true;
    for (int n = 0; stopped; n++) {
      for (int seed = 0; seed < 3; seed++) {
        CrashDisk on = disk.afterKill();
        CrashCatalog with = catalog.afterKill();
        stopped = sweep(new FaultDisk(on, FaultDisk.Fault.stopping(n)), with);
        long unique = 1_000L * n + seed;
        checkAfter(
            on.afterPowerLoss(unique),
            with.afterPowerLoss(unique),
            "power lost at " + n + ", seed " + seed);
      }
    }
  }

  @Test
  void anyOperationThatFailsLosesNothing() throws IOException {
    boolean failed = true;
    for (int n = 0; failed; n++) {
      CrashDisk on = disk.afterKill();
      CrashCatalog with = catalog.afterKill();
      FaultDisk.Fault fault =
          FaultDisk.Fault.failing(n, operation -> !operation.verb().equals("list"));
      failed = sweep(new FaultDisk(on, fault), with);
      checkAfter(on.afterKill(), with.afterKill(), "failed at " + n);
    }
  }
}
