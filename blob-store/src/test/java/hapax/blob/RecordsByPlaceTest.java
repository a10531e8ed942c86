package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordsByPlaceTest {
  private static final StoreOptions SMALL =
      new StoreOptions(1 << 18, 16 << 10, 4 << 10, 3, 3, 32 << 20);
  private static final byte[] ID = new byte[16];

  private final MemoryCatalog catalog = new MemoryCatalog();
  private final TestMail mail = new TestMail(11);
  private final MemoryPacks packs = new MemoryPacks();
  private final StoreParts parts = new StoreParts(ID, packs, catalog, null);

  private List<RecordId> inOrder(int atOnce) throws IOException {
    List<RecordId> ids = new ArrayList<>();
    new RecordsByPlace(parts.rows(), atOnce)
        .scan(
            at -> {
              ids.add(at.id());
              return true;
            });
    return ids;
  }

  private Place place(RecordId id) throws IOException {
    byte[] key = Rows.record(id);
    return Rows.readRecord(key, parts.rows().get(key)).place();
  }

  @Test
  void heldRecordsShouldComeOnceEachInTheOrderOfTheirPlaces() throws IOException {
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      for (int i = 0; i < 60; i++) {
        mail.add(store, 60_000);
      }
      String let = mail.ids().get(7);
      mail.remove(store, let);
      store.commit();
      List<RecordId> ids = inOrder(1_000);
      Set<RecordId> expected = new HashSet<>();
      mail.ids().forEach(id -> expected.add(RecordId.parse(id)));
      expected.remove(RecordId.parse(let));
      assertEquals(expected, new HashSet<>(ids));
      assertEquals(expected.size(), ids.size());
      for (int i = 1; i < ids.size(); i++) {
        assertTrue(place(ids.get(i - 1)).compareTo(place(ids.get(i))) <= 0);
      }
      assertTrue(place(ids.get(ids.size() - 1)).pack() > 2, "there are several packs");
      for (int atOnce : new int[] {1, 10, 25}) {
        assertEquals(ids, inOrder(atOnce));
      }
    }
  }

  @Test
  void scanShouldEndWhenTheVisitorHasEnough() throws IOException {
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      for (int i = 0; i < 60; i++) {
        mail.add(store, 60_000);
      }
      store.commit();
      // All at once, and pack by pack.
      for (int atOnce : new int[] {1_000, 10}) {
        List<RecordPlace> seen = new ArrayList<>();
        new RecordsByPlace(parts.rows(), atOnce)
            .scan(
                at -> {
                  seen.add(at);
                  return seen.size() < 3;
                });
        assertEquals(3, seen.size());
      }
    }
  }

  /** Hears of holders only. */
  private static final class Holders implements BlobStore.RecordOrder {
    private long all;
    private long others;

    @Override
    public void holders(long count, long ofOthers) {
      all = count;
      others = ofOthers;
    }

    @Override
    public boolean record(RecordPlace at) {
      return false;
    }
  }

  @Test
  void holdersOfRecordsThatAreNotThereShouldBeCountedByThemselves() throws IOException {
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      for (int i = 0; i < 20; i++) {
        mail.add(store, 60_000);
      }
      try (Intake unit = store.intake()) {
        for (String name : List.of("lost", "lost too", "lost as well")) {
          unit.append(TestMail.entry('+', RecordId.of(TestMail.sha256(name.getBytes(UTF_8)))));
        }
      }
      store.commit();
      for (int atOnce : new int[] {1, 1_000}) {
        Holders holders = new Holders();
        new RecordsByPlace(parts.rows(), atOnce).scan(holders);
        assertEquals(20, holders.all);
        assertEquals(3, holders.others);
      }
    }
  }

  private static List<RecordPlace> places(PackStore store) throws IOException {
    List<RecordPlace> places = new ArrayList<>();
    store.scanHeldInOrder(places::add);
    return places;
  }

  /** Rows of a catalog that must not be asked but, once, whether a pack has hidden copies. */
  private static final class NoRows implements RowReader {
    private boolean asked;

    @Override
    public byte @Nullable [] get(byte[] key) {
      if (key[0] == Rows.HIDES && !asked) {
        asked = true;
        return null;
      }
      throw new AssertionError("a look-up");
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) {
      throw new AssertionError("a scan");
    }
  }

  @Test
  void recordShouldBeReadAtItsPlaceWithoutALookUp() throws IOException {
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC());
        PackReader reader = new PackReader(parts.files(), new NoRows())) {
      for (int i = 0; i < 20; i++) {
        mail.add(store, 60_000);
      }
      store.commit();
      for (RecordPlace at : places(store)) {
        assertEquals(at.id(), reader.record(at).orElseThrow().id());
      }
    }
  }

  /** A unit is in one group, unless that was full: a look-up tells of the end of one. */
  @Test
  void smallBlobBesideTheRecordShouldBeReadWithoutALookUp() throws IOException {
    StoreOptions large = new StoreOptions(1 << 22, 1 << 20, 4 << 10, 3, 3, 32 << 20);
    try (PackStore store = new PackStore(parts, large, TestMail::fold, Clock.systemUTC());
        PackReader reader = new PackReader(parts.files(), new NoRows())) {
      for (int i = 0; i < 9; i++) {
        mail.add(store, 60_000);
      }
      store.commit();
      for (RecordPlace at : places(store)) {
        BlobId small = reader.record(at).orElseThrow().blobs().get(0);
        byte[] content = mail.content(small);
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        reader.copyBlob(small, content.length, found);
        assertArrayEquals(content, found.toByteArray());
        // One of another length is for the row to tell of.
        assertThrows(AssertionError.class, () -> reader.copyBlob(small, content.length + 1, found));
      }
    }
  }

  /** A bit flips in memory before the content is written, so the frame with it is whole. */
  @Test
  void healedSmallBlobShouldBeReadWhereItWasHealed() throws IOException {
    byte[] right = "what was meant".repeat(100).getBytes(UTF_8);
    byte[] wrong = right.clone();
    wrong[700] ^= 4;
    BlobId id = BlobId.of(TestMail.sha256(right));
    RecordId record = RecordId.of(TestMail.sha256(wrong));
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      try (Intake unit = store.intake()) {
        unit.putBlob(id, wrong.length, sink -> sink.write(wrong));
        byte[] none = new byte[0];
        unit.putRecord(new StoredRecord(record, 1, List.of(id), none, none, none, none));
        unit.append(TestMail.entry('+', record));
      }
      store.commit();
    }
    StoreParts again = new StoreParts(ID, packs, new MemoryCatalog(), null);
    try (PackStore store = new PackStore(again, SMALL, TestMail::fold, Clock.systemUTC())) {
      try (Intake unit = store.intake()) {
        PutResult put = unit.putBlob(id, right.length, sink -> sink.write(right));
        assertEquals(PutResult.HEALED, put);
      }
      store.commit();
      try (StoreReader reader = store.reader()) {
        for (RecordPlace at : places(store)) {
          reader.record(at);
          ByteArrayOutputStream found = new ByteArrayOutputStream();
          reader.copyBlob(id, right.length, found);
          assertArrayEquals(right, found.toByteArray());
        }
      }
    }
  }

  private void checkSmallBlob(StoreReader reader, StoredRecord record) throws IOException {
    BlobId small = record.blobs().get(0);
    byte[] content = mail.content(small);
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    reader.copyBlob(small, content.length, found);
    assertArrayEquals(content, found.toByteArray());
  }

  /** The arrays of groups are used again once eight others were read. */
  @Test
  void smallBlobShouldBeItselfAfterManyOtherGroups() throws IOException {
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC());
        StoreReader other = store.reader();
        StoreReader reader = store.reader()) {
      for (int i = 0; i < 60; i++) {
        mail.add(store, 60_000);
      }
      store.commit();
      List<StoredRecord> records = new ArrayList<>();
      for (RecordPlace at : places(store)) {
        records.add(other.record(at).orElseThrow());
      }
      for (StoredRecord first : records) {
        reader.record(first.id());
        for (StoredRecord record : records) {
          checkSmallBlob(reader, record);
        }
        checkSmallBlob(reader, first);
      }
    }
  }

  @Test
  void recordShouldBeFoundWhereASweepPutIt() throws IOException {
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      for (int i = 0; i < 60; i++) {
        mail.add(store, 60_000);
      }
      store.commit();
      List<RecordPlace> before = places(store);
      for (int i = 0; i < 60; i += 2) {
        mail.remove(store, before.get(i).id().toString());
      }
      store.commit();
      assertTrue(store.sweep(store.planSweep(SweepMargins.NOW)).packsRemoved() > 1);
      try (StoreReader reader = store.reader()) {
        for (int i = 0; i < 60; i++) {
          Optional<RecordId> found = reader.record(before.get(i)).map(StoredRecord::id);
          boolean held = i % 2 == 1;
          assertEquals(held ? Optional.of(before.get(i).id()) : Optional.empty(), found);
        }
      }
    }
  }

  @Test
  void damageShouldBeToldWhenTheRecordDidNotMove() throws IOException {
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      mail.add(store, 60_000);
      store.commit();
      packs.delete(1);
      try (PackReader reader = new PackReader(new PackFiles(packs, ID), parts.rows())) {
        RecordPlace at = places(store).get(0);
        assertThrows(CorruptStoreException.class, () -> reader.record(at));
      }
    }
  }
}
