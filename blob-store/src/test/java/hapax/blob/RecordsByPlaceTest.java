package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordsByPlaceTest {
  private static final StoreOptions SMALL = new StoreOptions(1 << 18, 16 << 10, 4 << 10, 3, 3);

  private final MemoryCatalog catalog = new MemoryCatalog();
  private final TestMail mail = new TestMail(11);
  private final StoreParts parts = new StoreParts(new byte[16], new MemoryPacks(), catalog, null);

  private List<RecordId> inOrder(int atOnce) throws IOException {
    List<RecordId> ids = new ArrayList<>();
    new RecordsByPlace(parts.rows(), atOnce)
        .scan(
            id -> {
              ids.add(id);
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
      for (int i = 0; i < 20; i++) {
        mail.add(store, 60_000);
      }
      store.commit();
      List<RecordId> seen = new ArrayList<>();
      store.scanHeldInOrder(
          id -> {
            seen.add(id);
            return seen.size() < 3;
          });
      assertEquals(3, seen.size());
    }
  }
}
