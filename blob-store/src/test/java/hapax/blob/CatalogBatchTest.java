package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogBatchTest {
  private final MemoryCatalog catalog = new MemoryCatalog();

  private static byte[] key(int... bytes) {
    byte[] key = new byte[bytes.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) bytes[i];
    }
    return key;
  }

  private static List<String> rows(RowReader reader, byte[] from, byte[] to) throws IOException {
    List<String> rows = new ArrayList<>();
    reader.scan(
        from,
        to,
        (key, value) ->
            rows.add(HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value)));
    return rows;
  }

  @Test
  void putHidesTheRowBelowAndDeleteRemovesIt() throws IOException {
    CatalogBatch below = new CatalogBatch(catalog);
    below.put(key(1), key(10));
    below.put(key(2), key(20));
    CatalogBatch above = new CatalogBatch(below);
    above.put(key(1), key(11));
    above.delete(key(2));
    above.put(key(3), key(30));
    assertArrayEquals(key(11), above.get(key(1)));
    assertNull(above.get(key(2)));
    assertEquals(List.of("01=0b", "03=1e"), rows(above, key(0), null));
    assertEquals(List.of("01=0a", "02=14"), rows(below, key(0), null));
  }

  @Test
  void keysAreOrderedAsUnsignedBytes() throws IOException {
    CatalogBatch batch = new CatalogBatch(catalog);
    batch.put(key(0x80), key(2));
    batch.put(key(0x7f), key(1));
    assertEquals(List.of("7f=01", "80=02"), rows(batch, key(0), null));
  }

  @Test
  void scanStopsWhenTheVisitorHasEnough() throws IOException {
    CatalogBatch below = new CatalogBatch(catalog);
    below.put(key(2), key(2));
    below.put(key(9), key(9));
    CatalogBatch above = new CatalogBatch(below);
    above.put(key(1), key(1));
    above.put(key(3), key(3));
    for (int enough = 1; enough <= 4; enough++) {
      int wanted = enough;
      List<Integer> seen = new ArrayList<>();
      above.scan(
          key(0),
          null,
          (key, value) -> {
            seen.add((int) key[0]);
            return seen.size() < wanted;
          });
      assertEquals(List.of(1, 2, 3, 9).subList(0, enough), seen);
    }
  }

  @Test
  void changeShouldFailWhenFrozen() {
    CatalogBatch batch = new CatalogBatch(catalog);
    batch.freeze();
    assertThrows(IllegalStateException.class, () -> batch.put(key(1), key(1)));
    assertThrows(IllegalStateException.class, () -> batch.delete(key(1)));
    assertTrue(batch.isEmpty());
  }

  @Test
  void threeLayersShowWhatOneMapWould() throws IOException {
    Random random = new Random(20260101);
    for (int round = 0; round < 200; round++) {
      TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
      MemoryCatalog bottom = new MemoryCatalog();
      CatalogBatch lower = new CatalogBatch(bottom);
      change(random, lower, model);
      bottom.write(lower.rows());
      CatalogBatch middle = new CatalogBatch(bottom);
      change(random, middle, model);
      CatalogBatch top = new CatalogBatch(middle);
      change(random, top, model);

      byte[] from = key(random.nextInt(256));
      byte[] to = random.nextInt(4) == 0 ? null : key(random.nextInt(256));
      MemoryCatalog flat = new MemoryCatalog();
      flat.write(model);
      assertEquals(rows(flat, from, to), rows(top, from, to));
      bottom.write(middle.rows());
      bottom.write(top.rows());
      assertEquals(rows(flat, key(), null), rows(bottom, key(), null));
    }
  }

  private static void change(Random random, CatalogBatch batch, SortedMap<byte[], byte[]> model) {
    for (int i = random.nextInt(40); i > 0; i--) {
      byte[] key = new byte[1 + random.nextInt(2)];
      random.nextBytes(key);
      key[0] &= 7;
      if (random.nextInt(3) == 0) {
        batch.delete(key);
        model.remove(key);
      } else {
        byte[] value = new byte[random.nextInt(3)];
        random.nextBytes(value);
        batch.put(key, value);
        model.put(key, value);
      }
    }
  }
}
