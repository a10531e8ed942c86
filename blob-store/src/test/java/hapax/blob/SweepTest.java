package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweepTest {
  private static final StoreOptions SMALL =
      new StoreOptions(1 << 20, 16 << 10, 4 << 10, 3, 3, 32 << 20);
  private static final byte[] ID = new byte[16];

  @RegisterExtension final CheckedStores stores = new CheckedStores();
  private final TestMail mail = new TestMail(11);
  private final MemoryPacks place = new MemoryPacks();
  private final CrashCatalog catalog = new CrashCatalog();

  private PackStore open(CrashCatalog with) throws IOException {
    return stores.open(place, with, SMALL);
  }

  private void fill(PackStore store, int records) throws IOException {
    for (int i = 0; i < records; i++) {
      mail.add(store, 200_000);
    }
    store.commit();
  }

  private void removeEverySecond(PackStore store) throws IOException {
    List<String> ids = mail.ids();
    for (int i = 0; i < ids.size(); i += 2) {
      mail.remove(store, ids.get(i));
    }
    store.commit();
  }

  private static List<String> rows(Catalog of) throws IOException {
    List<String> rows = new ArrayList<>();
    of.scan(
        new byte[0],
        null,
        (key, value) -> key[0] == Rows.HIDES || rows.add(hex(key) + "=" + hex(value)));
    return rows;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private void assertRebuiltEqual() throws IOException {
    MemoryCatalog fresh = new MemoryCatalog();
    CatalogRows freshRows = new CatalogRows(fresh);
    new Replay(place, new PackFiles(place, ID), freshRows, TestMail::fold, ID).run();
    assertEquals(String.join("\n", rows(fresh)), String.join("\n", rows(catalog.afterKill())));
  }

  @Test
  void sweptStoreIsNearlyAsSmallAsAFreshOneOfTheRest() throws IOException {
    try (PackStore store = open(catalog)) {
      fill(store, 120);
      removeEverySecond(store);
      SweepPlan plan = store.planSweep(SweepMargins.NOW);
      long before = store.sizes().packBytes();
      SweepResult result = store.sweep(plan);
      long after = store.sizes().packBytes();
      assertEquals(60, result.recordsRemoved());
      assertEquals(60, plan.deadRecords());
      assertEquals(plan.deadBlobs(), result.blobsRemoved());
      assertTrue(Math.abs(before - after - result.bytesFreed()) < 10_000, result.toString());
      mail.checkAll(store);
      assertTrue(after < before * 0.6, before + " to " + after);
      assertEquals(List.of(), store.planSweep(SweepMargins.NOW).going());
    }
    assertRebuiltEqual();
  }

  @Test
  void nothingIsSweptWhileEverythingIsHeld() throws IOException {
    try (PackStore store = open(catalog)) {
      fill(store, 20);
      SweepPlan plan = store.planSweep(new SweepMargins(0));
      assertEquals(List.of(), plan.going());
      assertEquals(0, plan.deadBlobs() + plan.deadRecords());
      assertEquals(0, store.sweep(plan).packsRemoved());
    }
    assertRebuiltEqual();
  }

  @Test
  void planIsPrintedWithReasons() throws IOException {
    try (PackStore store = open(catalog)) {
      fill(store, 6);
      removeEverySecond(store);
      StringBuilder out = new StringBuilder();
      store.planSweep(SweepMargins.USUAL).printTo(out);
      String text = out.toString();
      assertTrue(text.contains("nobody holds it"), text);
      assertTrue(text.contains("only dead records refer to it: 1"), text);
      assertTrue(text.contains("pack 1 in memory: "), text);
    }
  }

  @Test
  void planIsCarriedOutOnce() throws IOException {
    try (PackStore store = open(catalog)) {
      fill(store, 20);
      removeEverySecond(store);
      SweepPlan plan = store.planSweep(SweepMargins.NOW);
      store.sweep(plan);
      assertThrows(IllegalStateException.class, () -> store.sweep(plan));
    }
  }

  @Test
  void whatIsPutAgainAfterThePlanIsKept() throws IOException {
    try (PackStore store = open(catalog)) {
      fill(store, 30);
      TestMail copy = new TestMail(11);
      removeEverySecond(store);
      SweepPlan plan = store.planSweep(SweepMargins.NOW);
      assertFalse(plan.going().isEmpty());
      // The same content under new records, found in the store and compared, not written.
      StoredRecord again;
      try (Intake unit = store.intake()) {
        again = copy.add(unit, "another name", 200_000);
        unit.append(TestMail.entry('+', again.id()));
      }
      store.sweep(plan);
      copy.checkAll(store);
      mail.checkAll(store);
    }
    assertRebuiltEqual();
  }

  @Test
  void packOutlivesTheCommitFrameThatClosedItsFrames() throws IOException {
    try (PackStore store = open(catalog)) {
      List<String> late = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String id = mail.add(store, 200_000);
        if (i > 45) {
          late.add(id);
        }
      }
      store.commit();
      for (String id : late) {
        mail.remove(store, id);
      }
      store.commit();
      SweepPlan plan = store.planSweep(SweepMargins.NOW);
      assertTrue(plan.going().size() < plan.packs().size(), plan.toString());
      store.sweep(plan);
    }
    assertRebuiltEqual();
  }

  @Test
  void catalogRolledBackBehindASweepIsBroughtUpToIt() throws IOException {
    CrashCatalog before;
    try (PackStore store = open(catalog)) {
      fill(store, 60);
      removeEverySecond(store);
      before = catalog.afterKill();
      store.sweep(store.planSweep(SweepMargins.NOW));
    }
    try (PackStore store = open(before)) {
      mail.checkAll(store);
      assertTrue(store.check(CheckScope.FULL).isClean());
    }
    assertEquals(rows(catalog.afterKill()), rows(before.afterKill()));
  }

  @Test
  void sweptStoreOpensAgainAndGoesOn() throws IOException {
    try (PackStore store = open(catalog)) {
      fill(store, 60);
      removeEverySecond(store);
      store.sweep(store.planSweep(SweepMargins.NOW));
    }
    CrashCatalog lost = new CrashCatalog();
    try (PackStore store = open(lost)) {
      mail.checkAll(store);
      fill(store, 20);
      removeEverySecond(store);
      store.sweep(store.planSweep(SweepMargins.NOW));
      mail.checkAll(store);
    }
  }
}
