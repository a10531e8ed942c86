package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes of the packs that change or go are found, or do no harm; they never come out as others. */
class StoreDamageTest {
  private static final Path PACK = StoreModel.PACKS.resolve("p-00000001.pack");

  private final CrashDisk disk = new CrashDisk();
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final StoreModel model = new StoreModel(5);

  /** A store of one short pack. */
  private void fill(int commits) throws IOException {
    try (PackStore store = StoreModel.open(disk, catalog)) {
      for (int i = 0; i < commits; i++) {
        model.shortUnit(store);
        model.commit(store);
      }
    }
  }

  private int length() throws IOException {
    return disk.content(PACK).length;
  }

  private MemoryCatalog copyOfCatalog() throws IOException {
    CatalogBatch rows = new CatalogBatch(new MemoryCatalog());
    catalog.scan(
        new byte[0],
        null,
        (key, value) -> {
          rows.put(key, value);
          return true;
        });
    MemoryCatalog copy = new MemoryCatalog();
    copy.write(rows.rows());
    return copy;
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= (byte) (1 << (at % 8));
    return changed;
  }

  @Test
  void commitsBeforeTheCutArePresentWhereverThePackIsCut() throws IOException {
    List<Integer> ends = new ArrayList<>();
    List<StoreModel> states = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      fill(1);
      ends.add(length() - Frame.FIXED - SyncedMark.BYTES);
      states.add(model.copy());
    }
    for (int cut = 0; cut <= length(); cut++) {
      int length = cut;
      CrashDisk damaged = disk.afterKill();
      damaged.damage(PACK, bytes -> Arrays.copyOf(bytes, length));
      List<StoreModel> whole =
          states.subList(0, (int) ends.stream().filter(end -> end <= length).count());
      if (whole.size() == states.size()) {
        checkGoesOn(damaged.afterKill(), copyOfCatalog(), whole);
      } else {
        checkNamesWhatIsCutOff(damaged.afterKill(), whole);
      }
      checkGoesOn(damaged, new MemoryCatalog(), whole);
    }
  }

  private static void checkGoesOn(CrashDisk damaged, Catalog catalog, List<StoreModel> whole)
      throws IOException {
    try (PackStore store = StoreModel.open(damaged, catalog)) {
      for (StoreModel state : whole) {
        state.checkCommitted(store);
      }
      StoreModel more = new StoreModel(whole.size());
      more.shortUnit(store);
      more.commit(store);
      more.checkCommitted(store);
    }
    StoreModel.checkRebuilt(damaged, catalog);
  }

  /** The catalog knows what was acknowledged, so that its loss is not passed over in silence. */
  private void checkNamesWhatIsCutOff(CrashDisk damaged, List<StoreModel> whole)
      throws IOException {
    try (PackStore store = StoreModel.open(damaged, copyOfCatalog())) {
      for (StoreModel state : whole) {
        assertEquals(0, state.countDamaged(store));
      }
      StoreModel more = new StoreModel(whole.size());
      more.shortUnit(store);
      more.commit(store);
      assertEquals(0, more.countDamaged(store));
      assertFalse(store.check(CheckScope.FULL).isClean());
    }
  }

  @Test
  void aFlippedBitIsFoundOrHarmlessWhileTheCatalogIsThere() throws IOException {
    fill(2);
    int damagedReads = 0;
    for (int at = 0; at < length(); at++) {
      int offset = at;
      CrashDisk damaged = disk.afterKill();
      damaged.damage(PACK, bytes -> flipped(bytes, offset));
      try (PackStore store = StoreModel.open(damaged, copyOfCatalog())) {
        damagedReads += model.countDamaged(store) > 0 ? 1 : 0;
      }
      assertEquals(length(), damaged.content(PACK).length, "cut after a flip at " + at);
    }
    assertTrue(damagedReads > length() / 2, damagedReads + " of " + length());
  }

  @Test
  void aFlippedBitCostsOneFrameAtMostWhenTheCatalogIsMadeAnew() throws IOException {
    fill(2);
    int inOneFrame = Math.max(1, largestLoss());
    for (int at = 0; at < length(); at++) {
      int offset = at;
      CrashDisk damaged = disk.afterKill();
      damaged.damage(PACK, bytes -> flipped(bytes, offset));
      try (PackStore store = StoreModel.open(damaged, new MemoryCatalog())) {
        int lost = model.countDamaged(store);
        assertTrue(lost <= inOneFrame, lost + " lost after a flip at " + at);
        boolean payloadOnly = lost > 0 && store.openingFindings().isEmpty();
        assertTrue(!payloadOnly || isInBulk(at), "nothing said of a flip at " + at);
      }
    }
  }

  /** What stands in the largest frame. */
  private int largestLoss() throws IOException {
    int largest = 0;
    for (PackFooter.Line frame : frames()) {
      CrashDisk damaged = disk.afterKill();
      damaged.damage(PACK, bytes -> flipped(bytes, (int) frame.offset()));
      try (PackStore store = StoreModel.open(damaged, copyOfCatalog())) {
        largest = Math.max(largest, model.countDamaged(store));
      }
    }
    return largest;
  }

  /** The payloads of bulk frames are not read when a catalog is made anew; reading finds them. */
  private boolean isInBulk(int offset) throws IOException {
    return frames().stream()
        .anyMatch(
            frame ->
                frame.kind() == Frame.Kind.BULK.code
                    && frame.offset() <= offset
                    && offset < frame.offset() + 24 + 48 + frame.storedLength());
  }

  private List<PackFooter.Line> frames() throws IOException {
    List<PackFooter.Line> frames = new ArrayList<>();
    PackPlace place = new DirectoryPacks(disk, StoreModel.PACKS);
    try (PackFiles files = new PackFiles(place, StoreModel.ID)) {
      new FrameScan(files, place)
          .scanPack(
              1,
              0,
              new FrameScan.Visitor() {
                @Override
                public void frame(PackFiles.Pack pack, Place at, Frame frame) {
                  frames.add(PackFooter.line(at.offset(), frame));
                }

                @Override
                public void damaged(Place at, long length, CorruptStoreException how) {
                  throw new AssertionError(how);
                }
              });
    }
    return frames;
  }

  @Test
  void zeroesAtTheEndOfAPackDoNotTakeTheCatalogWithThem() throws IOException {
    fill(3);
    for (int zeroes = 1; zeroes < length() - PackHeader.BYTES; zeroes += 7) {
      int from = length() - zeroes;
      CrashDisk damaged = disk.afterKill();
      damaged.damage(
          PACK,
          bytes -> {
            Arrays.fill(bytes, from, bytes.length, (byte) 0);
            return bytes;
          });
      MemoryCatalog rows = copyOfCatalog();
      try (PackStore store = StoreModel.open(damaged, rows)) {
        model.countDamaged(store);
      }
      List<String> lost = StoreModel.rows(catalog);
      lost.removeAll(StoreModel.rows(rows));
      assertEquals(List.of(), lost, "after " + zeroes + " zeroes");
    }
  }
}
