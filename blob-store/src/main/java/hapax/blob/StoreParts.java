package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a store is made of, opened: where its packs live, its catalog, and the lock that makes them
 * its own.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; sixteen bytes that all parts share
record StoreParts(
    byte[] storeId,
    PackPlace place,
    PackFiles files,
    CatalogRows rows,
    Scratch scratch,
    @Nullable StoreLock lock)
    implements Closeable {

  /** Parts that leave nothing behind but their packs and catalog. */
  StoreParts(byte[] storeId, PackPlace place, Catalog catalog, @Nullable StoreLock lock) {
    this(storeId, place, catalog, MemoryCatalog::new, lock);
  }

  private StoreParts(
      byte[] storeId, PackPlace place, Catalog catalog, Scratch scratch, @Nullable StoreLock lock) {
    this(storeId, place, new PackFiles(place, storeId), new CatalogRows(catalog), scratch, lock);
  }

  /** Makes catalogs that are needed for a moment and are gone when they are closed. */
  @FunctionalInterface
  interface Scratch {
    Catalog open() throws IOException;
  }

  /** Opens the parts of the store in {@code folder}, making it if {@code create}. */
  static StoreParts open(Disk disk, Path folder, boolean create) throws IOException {
    if (!StoreFile.isThere(disk, folder)) {
      if (!create) {
        throw new StoreFormatException("no store at " + folder);
      }
      StoreFile.requireFree(disk, folder);
      disk.makeFolder(folder);
    }
    StoreLock lock = StoreLock.acquire(folder);
    try {
      if (!StoreFile.isThere(disk, folder)) {
        StoreFile.create(disk, folder);
      }
      byte[] id = StoreFile.read(disk, folder);
      PackPlace place = new DirectoryPacks(disk, folder.resolve("packs"));
      ScratchCatalog.removeLeft(folder);
      AtomicInteger scratches = new AtomicInteger();
      return new StoreParts(
          id,
          place,
          openCatalog(folder),
          () -> ScratchCatalog.open(folder, scratches.incrementAndGet()),
          lock);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  /** Opens the catalog; one that is damaged beyond opening is put aside, to be built anew. */
  private static Catalog openCatalog(Path store) throws IOException {
    Rebuild.removeUnfinished(store);
    Path folder = store.resolve(Rebuild.CATALOG);
    try {
      return RocksCatalog.open(folder);
    } catch (CatalogDamagedException damaged) {
      RocksCatalog.destroy(folder);
      return RocksCatalog.open(folder);
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      files.close();
      rows.close();
    }
  }
}
