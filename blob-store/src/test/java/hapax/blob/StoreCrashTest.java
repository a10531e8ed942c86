package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the moment at which process or machine stop: what was committed is whole. */
class StoreCrashTest {
  private static final int UNITS = 3;
  private static final int COMMITS = 6;

  /** Runs until the fault stops it. */
  private static boolean run(StoreModel model, Disk disk, Catalog catalog) {
    try {
      BlobStore store = StoreModel.open(disk, catalog);
      for (int i = 0; i < COMMITS; i++) {
        model.work(store, UNITS);
        model.commit(store);
      }
      return true;
    } catch (IOException stopped) {
      return false;
    }
  }

  private static void goOn(StoreModel model, CrashDisk disk, CrashCatalog catalog)
      throws IOException {
    model.forgetUncommitted();
    PackStore store = StoreModel.open(disk, catalog);
    model.checkCommitted(store);
    assertEquals(List.of(), store.openingFindings());
    StoreModel.checkRebuilt(disk, catalog);
    model.work(store, UNITS);
    model.commit(store);
    StoreModel.checkRebuilt(disk, catalog);
    store.close();
    PackStore again = StoreModel.open(disk, catalog);
    model.checkCommitted(again);
    StoreModel.checkRebuilt(disk, catalog);
  }

  @Test
  void committedUnitsSurviveAKillAtEveryChange() throws IOException {
    boolean finished = false;
    int n = 0;
    for (; !finished; n++) {
      StoreModel model = new StoreModel(n);
      CrashDisk disk = new CrashDisk();
      CrashCatalog catalog = new CrashCatalog();
      finished = run(model, new FaultDisk(disk, FaultDisk.Fault.stopping(n)), catalog);
      goOn(model, disk.afterKill(), catalog.afterKill());
    }
    assertTrue(n > 50, "only " + n + " changes");
  }

  @Test
  void committedUnitsSurviveAPowerLossAtEveryChange() throws IOException {
    boolean finished = false;
    for (int n = 0; !finished; n++) {
      StoreModel model = new StoreModel(n);
      CrashDisk disk = new CrashDisk();
      CrashCatalog catalog = new CrashCatalog();
      finished = run(model, new FaultDisk(disk, FaultDisk.Fault.stopping(n)), catalog);
      goOn(model, disk.afterPowerLoss(n), catalog.afterPowerLoss(n));
    }
  }

  @Test
  void committedUnitsSurviveTheLossOfPowerAndCatalog() throws IOException {
    boolean finished = false;
    for (int n = 0; !finished; n++) {
      StoreModel model = new StoreModel(n);
      CrashDisk disk = new CrashDisk();
      finished = run(model, new FaultDisk(disk, FaultDisk.Fault.stopping(n)), new CrashCatalog());
      goOn(model, disk.afterPowerLoss(n), new CrashCatalog());
    }
  }

  @Test
  void aFullDiskIsAnErrorAndLosesNothing() throws IOException {
    for (long room = 0; room < 60_000; room += 1_013) {
      StoreModel model = new StoreModel(room);
      CrashDisk disk = new CrashDisk();
      CrashCatalog catalog = new CrashCatalog();
      run(model, new FaultDisk(disk, new FaultDisk.Room(room)), catalog);
      goOn(model, disk.afterKill(), catalog.afterKill());
    }
  }

  @Test
  void everyFailedOperationIsAnErrorAndLosesNothing() throws IOException {
    boolean finished = false;
    for (int n = 0; !finished; n++) {
      StoreModel model = new StoreModel(n);
      CrashDisk disk = new CrashDisk();
      CrashCatalog catalog = new CrashCatalog();
      FaultDisk.Fault fault = FaultDisk.Fault.failing(n, FaultDisk.Operation::isChange);
      finished = run(model, new FaultDisk(disk, fault), catalog);
      goOn(model, disk.afterKill(), catalog.afterKill());
    }
  }
}
