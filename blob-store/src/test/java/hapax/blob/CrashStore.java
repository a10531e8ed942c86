package hapax.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A store in memory that can be stopped at any change to its disk, and what is then left of it; for
 * tests of the layers above, too.
 *
 * <pre>{@code
 * CrashStore store = CrashStore.empty();
 * Disk disk = store.disk(7); // nothing works from the eighth change on
 * try (BlobStore blobs = store.open(disk, fold)) { ... }
 * CrashStore after = store.afterPowerLoss(seed);
 * }</pre>
 */
public final class CrashStore {
  /** Where it is. */
  public static final Path FOLDER = StoreModel.PACKS.getParent();

  private final CrashDisk disk;
  private final CrashCatalog catalog;

  private CrashStore(CrashDisk disk, CrashCatalog catalog) {
    this.disk = disk;
    this.catalog = catalog;
  }

  /** A store that was never opened. */
  public static CrashStore empty() {
    CrashDisk disk = new CrashDisk();
    disk.makeFolder(FOLDER);
    return new CrashStore(disk, new CrashCatalog());
  }

  /** Its disk, which never fails. */
  public Disk disk() {
    return disk;
  }

  /** Its disk, on which so many changes work; in the midst of the next one the process ends. */
  public Disk disk(int changes) {
    return new FaultDisk(disk, FaultDisk.Fault.stopping(changes));
  }

  /** How many changes were made on a disk that {@link #disk(int)} gave. */
  public static int changes(Disk given) {
    return ((FaultDisk) given).changes().size();
  }

  /** Opens the store over one of its disks; packs and groups are small, so that there are many. */
  public BlobStore open(Disk over, LogFold fold) throws IOException {
    PackPlace place = new DirectoryPacks(over, StoreModel.PACKS);
    StoreParts parts = new StoreParts(StoreModel.ID, place, new KeptCatalog(catalog), null);
    return new PackStore(parts, StoreModel.SMALL, fold, Clock.systemUTC());
  }

  /** What is left when the process was killed: all that was written. */
  public CrashStore afterKill() throws IOException {
    return new CrashStore(disk.afterKill(), catalog.afterKill());
  }

  /** What is left when the power failed: what was synced, and a share of the rest. */
  public CrashStore afterPowerLoss(long seed) throws IOException {
    return new CrashStore(disk.afterPowerLoss(seed), catalog.afterPowerLoss(seed));
  }
}
