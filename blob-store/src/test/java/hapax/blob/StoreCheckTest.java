package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreCheckTest {
  private static final StoreOptions SMALL =
      new StoreOptions(1 << 20, 16 << 10, 4 << 10, 3, 3, 32 << 20);
  private static final byte[] ID = new byte[16];
  private static final Path PACKS = Path.of("packs");

  private final TestMail mail = new TestMail(17);
  private final CrashDisk disk = new CrashDisk();
  private final CrashCatalog catalog = new CrashCatalog();

  private static PackStore open(CrashDisk on, Catalog with) throws IOException {
    PackPlace place = new DirectoryPacks(on, PACKS);
    return new PackStore(
        new StoreParts(ID, place, with, null), SMALL, TestMail::fold, Clock.systemUTC());
  }

  private void fill(int records, int largest) throws IOException {
    try (PackStore store = open(disk, catalog)) {
      for (int i = 0; i < records; i++) {
        mail.add(store, largest);
      }
      store.commit();
      mail.remove(store, mail.ids().get(0));
      store.commit();
    }
  }

  private static List<String> texts(CheckReport report) {
    return report.findings().stream().map(Finding::text).toList();
  }

  @Test
  void wholeStoreIsClean() throws IOException {
    fill(30, 200_000);
    try (PackStore store = open(disk, catalog.afterKill())) {
      for (CheckScope scope : List.of(CheckScope.FULL, CheckScope.QUICK)) {
        CheckReport report = store.check(scope);
        assertEquals(List.of(), texts(report));
      }
      CheckReport full = store.check(CheckScope.FULL);
      assertEquals(30, full.records());
      assertEquals(30 + 30 + 10, full.blobs());
    }
  }

  @Test
  void sweptStoreIsClean() throws IOException {
    fill(30, 200_000);
    try (PackStore store = open(disk, catalog.afterKill())) {
      List<String> ids = mail.ids();
      for (int i = 0; i < ids.size(); i += 2) {
        mail.remove(store, ids.get(i));
      }
      store.commit();
      store.sweep(store.planSweep(SweepMargins.NOW));
      assertEquals(List.of(), texts(store.check(CheckScope.FULL)));
    }
  }

  @Test
  void flippedByteOfABlobIsFoundListedAndHealed() throws IOException {
    fill(5, 200_000);
    disk.damage(
        disk.files().get(0),
        bytes -> {
          bytes[bytes.length / 2] ^= 1;
          return bytes;
        });
    try (PackStore store = open(disk, catalog.afterKill())) {
      CheckReport report = store.check(CheckScope.FULL);
      assertEquals(1, report.damagedBlobs(), report.toString());
      assertTrue(texts(report).get(0).startsWith("blob "), report.toString());
      assertEquals(1, store.damagedBlobs());
      mail.putAllBlobsAgain(store);
      store.commit();
      assertEquals(0, store.damagedBlobs());
      assertEquals(List.of(), texts(store.check(CheckScope.FULL)));
      mail.checkAll(store);
    }
  }

  @Test
  void anyFlippedByteIsFoundOrHarmless() throws IOException {
    fill(3, 1_000);
    for (Path pack : disk.files()) {
      int length = disk.content(pack).length;
      for (int at = 0; at < length; at += 1 + at % 13 + (at > 4_000 ? 400 : 0)) {
        CrashDisk damaged = disk.afterKill();
        int place = at;
        damaged.damage(
            pack,
            bytes -> {
              bytes[place] ^= (byte) (1 << (place % 8));
              return bytes;
            });
        foundOrHarmless(damaged, pack + " at " + at);
      }
    }
  }

  @Test
  void anyCutIsFoundOrHarmless() throws IOException {
    fill(3, 1_000);
    for (Path pack : disk.files()) {
      int length = disk.content(pack).length;
      for (int at = 0; at < length; at += 997) {
        CrashDisk damaged = disk.afterKill();
        int place = at;
        damaged.damage(pack, bytes -> Arrays.copyOf(bytes, place));
        foundOrHarmless(damaged, pack + " cut at " + at);
      }
    }
  }

  @Test
  void missingPackIsFound() throws IOException {
    fill(30, 200_000);
    for (Path pack : disk.files()) {
      CrashDisk damaged = disk.afterKill();
      damaged.delete(pack);
      try (PackStore store = open(damaged, catalog.afterKill())) {
        CheckReport report = store.check(CheckScope.FULL);
        assertFalse(report.isClean(), pack.toString());
        assertTrue(texts(report).stream().anyMatch(text -> text.contains(pack.toString())));
      }
    }
  }

  private void foundOrHarmless(CrashDisk damaged, String what) throws IOException {
    try (PackStore store = open(damaged, catalog.afterKill())) {
      CheckReport report = store.check(CheckScope.FULL);
      if (report.isClean()) {
        mail.checkAll(store);
      } else {
        assertThrowsOrWhole(store, what);
      }
    } catch (StoreFormatException | CorruptStoreException found) {
      assertFalse(found.getMessage().isEmpty());
    }
  }

  /** Reading gives the right bytes or a clear error; the check of the bytes is in the reading. */
  private void assertThrowsOrWhole(PackStore store, String what) {
    try {
      mail.checkAll(store);
    } catch (IOException | java.util.NoSuchElementException clear) {
      assertFalse(String.valueOf(clear.getMessage()).isEmpty(), what);
    } catch (AssertionError wrong) {
      fail(what, wrong);
    }
  }

  @Test
  void rowsThatPacksDoNotGiveAreFound() throws IOException {
    fill(3, 1_000);
    CrashCatalog changed = catalog.afterKill();
    RecordId nobody = RecordId.of(new byte[32]);
    changed.write(CatalogContract.batch(Rows.holder(nobody, new byte[16]), new byte[0]));
    try (PackStore store = open(disk, changed)) {
      CheckReport report = store.check(CheckScope.FULL);
      assertEquals(2, report.allFindings(), report.toString());
      assertEquals(List.of(new Finding.MissingRecord(nobody)), report.findings().subList(0, 1));
      assertTrue(texts(report).get(1).contains("expected nothing, found ''"), report.toString());
    }
  }

  @Test
  void missingBlobOfALivingRecordIsFound() throws IOException {
    fill(3, 1_000);
    CrashCatalog changed = catalog.afterKill();
    byte[][] blob = new byte[1][];
    changed.scan(
        new byte[] {Rows.BLOB},
        null,
        (key, value) -> {
          blob[0] = key;
          return false;
        });
    changed.write(CatalogContract.batch(blob[0], null));
    try (PackStore store = open(disk, changed)) {
      CheckReport report = store.check(CheckScope.QUICK);
      assertTrue(
          report.findings().stream().anyMatch(found -> found instanceof Finding.MissingBlob)
              || report.isClean(),
          report.toString());
      assertFalse(store.check(CheckScope.FULL).isClean());
    }
  }

  @Test
  void percentagesOutsideTheRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CheckScope(101, true));
    assertThrows(IllegalArgumentException.class, () -> new CheckScope(Double.NaN, true));
  }
}
