package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tells a last commit that was torn by a crash from one that rotted later. */
class LastCommitTest {
  private static final Path PACK = StoreModel.PACKS.resolve("p-00000001.pack");
  private static final int SYNCED = Frame.FIXED + SyncedMark.BYTES;
  private static final int COMMIT = Frame.FIXED + CommitMark.BYTES;

  private final CrashDisk disk = new CrashDisk();
  private final StoreModel model = new StoreModel(7);
  private StoreModel first = model;
  private MemoryCatalog atFirst = new MemoryCatalog();
  private int firstEnd;

  @BeforeEach
  void commitTwice() throws IOException {
    MemoryCatalog catalog = new MemoryCatalog();
    try (PackStore store = StoreModel.open(disk, catalog)) {
      model.shortUnit(store);
      model.commit(store);
      first = model.copy();
      firstEnd = disk.content(PACK).length;
      CatalogBatch rows = new CatalogBatch(new MemoryCatalog());
      catalog.scan(
          new byte[0],
          null,
          (key, value) -> {
            rows.put(key, value);
            return true;
          });
      atFirst = new MemoryCatalog();
      atFirst.write(rows.rows());
      model.shortUnit(store);
      model.commit(store);
    }
  }

  /** Flips a byte in the first payload of the second commit. */
  private void damageSecond() throws IOException {
    disk.damage(
        PACK,
        bytes -> {
          bytes[firstEnd + Frame.FIXED + BulkPiece.BYTES + 2] ^= 1;
          return bytes;
        });
  }

  private void cutFromEnd(int bytes) throws IOException {
    disk.damage(PACK, all -> Arrays.copyOf(all, all.length - bytes));
  }

  private void zeroCommit() throws IOException {
    disk.damage(
        PACK,
        bytes -> {
          Arrays.fill(bytes, bytes.length - SYNCED - COMMIT, bytes.length - SYNCED, (byte) 0);
          return bytes;
        });
  }

  @Test
  void oneThatIsWholeCountsAlsoIfNothingSaysThatItWasSynced() throws IOException {
    cutFromEnd(SYNCED);
    for (MemoryCatalog catalog : List.of(atFirst, new MemoryCatalog())) {
      CrashDisk copy = disk.afterKill();
      try (PackStore store = StoreModel.open(copy, catalog)) {
        model.checkCommitted(store);
        assertEquals(List.of(), store.openingFindings());
      }
      model.checkCommitted(StoreModel.open(copy, new MemoryCatalog()));
      StoreModel.checkRebuilt(copy, catalog);
    }
  }

  @Test
  void oneThatIsNotWholeIsTornIfNothingSaysThatItWasSynced() throws IOException {
    damageSecond();
    cutFromEnd(SYNCED);
    for (MemoryCatalog catalog : List.of(atFirst, new MemoryCatalog())) {
      CrashDisk copy = disk.afterKill();
      try (PackStore store = StoreModel.open(copy, catalog)) {
        first.checkCommitted(store);
        assertEquals(3, model.countDamaged(store), "two blobs and a record");
        assertEquals(List.of(), store.openingFindings());
        StoreModel.checkRebuilt(copy, catalog);
        StoreModel later = first.copy();
        later.shortUnit(store);
        later.commit(store);
        later.checkCommitted(store);
        StoreModel.checkRebuilt(copy, catalog);
      }
      PackStore again = StoreModel.open(copy, new MemoryCatalog());
      first.checkCommitted(again);
      assertEquals(3, model.countDamaged(again), "it came back");
    }
  }

  @Test
  void oneThatIsNotWholeIsRottenIfItWasSynced() throws IOException {
    damageSecond();
    try (PackStore store = StoreModel.open(disk, atFirst)) {
      assertEquals(1, model.countDamaged(store), "one blob");
    }
  }

  @Test
  void theSyncedFrameStandsForACommitFrameThatRotted() throws IOException {
    zeroCommit();
    for (MemoryCatalog catalog : List.of(atFirst, new MemoryCatalog())) {
      try (PackStore store = StoreModel.open(disk.afterKill(), catalog)) {
        model.checkCommitted(store);
        assertFalse(store.openingFindings().isEmpty());
      }
    }
  }

  @Test
  void framesBehindTheLastCommitStayWhenTheCatalogIsGone() throws IOException {
    int length = disk.content(PACK).length;
    cutFromEnd(SYNCED + COMMIT);
    try (PackStore store = StoreModel.open(disk, new MemoryCatalog())) {
      first.checkCommitted(store);
      first.shortUnit(store);
      first.commit(store);
    }
    assertEquals(length - SYNCED - COMMIT, disk.content(PACK).length);
    assertTrue(disk.files().contains(StoreModel.PACKS.resolve("p-00000002.pack")));
    PackStore again = StoreModel.open(disk, new MemoryCatalog());
    first.checkCommitted(again);
    assertEquals(3, model.countDamaged(again), "they were not committed with what came later");
  }
}
