package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Catalog} must do. */
abstract class CatalogContract {
  Catalog catalog;

  abstract Catalog open() throws IOException;

  @BeforeEach
  void openCatalog() throws IOException {
    catalog = open();
  }

  @AfterEach
  void closeCatalog() throws IOException {
    catalog.close();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static SortedMap<byte[], byte[]> batch() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  static SortedMap<byte[], byte[]> batch(byte[] key, byte[] value) {
    SortedMap<byte[], byte[]> batch = batch();
    batch.put(key, value);
    return batch;
  }

  private List<Integer> firstBytes(byte[] from, byte[] to) throws IOException {
    List<Integer> seen = new ArrayList<>();
    catalog.scan(from, to, (key, value) -> seen.add(key[0] & 0xff));
    return seen;
  }

  @Test
  void putIsReadBackAndDeleteRemoves() throws IOException {
    catalog.write(batch(bytes(1), bytes(10)));
    assertArrayEquals(bytes(10), catalog.get(bytes(1)));
    catalog.write(batch(bytes(1), null));
    assertNull(catalog.get(bytes(1)));
  }

  @Test
  void valuesMayBeEmptyAndKeysMayBePrefixesOfEachOther() throws IOException {
    SortedMap<byte[], byte[]> rows = batch(bytes(1), bytes());
    rows.put(bytes(1, 0), bytes(2));
    rows.put(bytes(1, 0, 0), bytes(3));
    catalog.write(rows);
    assertArrayEquals(bytes(), catalog.get(bytes(1)));
    assertArrayEquals(bytes(2), catalog.get(bytes(1, 0)));
    assertEquals(List.of(1, 1), firstBytes(bytes(1), bytes(1, 0, 0)));
  }

  @Test
  void deleteOfWhatIsNotThereIsNothing() throws IOException {
    catalog.write(batch(bytes(1), null));
    assertNull(catalog.get(bytes(1)));
  }

  @Test
  void scanShowsTheRangeInUnsignedOrderWithoutItsEnd() throws IOException {
    SortedMap<byte[], byte[]> rows = batch();
    for (int i : new int[] {0xff, 0x80, 0x7f, 1}) {
      rows.put(bytes(i), bytes(i));
    }
    catalog.write(rows);
    assertEquals(List.of(1, 0x7f, 0x80, 0xff), firstBytes(bytes(0), null));
    assertEquals(List.of(0x7f, 0x80), firstBytes(bytes(2), bytes(0xff)));
    assertEquals(List.of(), firstBytes(bytes(2), bytes(2)));
    assertEquals(List.of(), firstBytes(bytes(3), bytes(2)));
    assertEquals(List.of(1, 0x7f, 0x80, 0xff), firstBytes(bytes(), null));
  }

  @Test
  void scanStopsWhenTheVisitorHasEnough() throws IOException {
    catalog.write(batch(bytes(1), bytes()));
    catalog.write(batch(bytes(2), bytes()));
    List<byte[]> seen = new ArrayList<>();
    catalog.scan(
        bytes(),
        null,
        (key, value) -> {
          seen.add(key);
          return false;
        });
    assertEquals(1, seen.size());
  }

  @Test
  void visitorMayReadAndWriteAndStillSeesTheRowsAsTheyWere() throws IOException {
    SortedMap<byte[], byte[]> rows = batch(bytes(1), bytes(1));
    rows.put(bytes(2), bytes(2));
    catalog.write(rows);
    List<Integer> seen = new ArrayList<>();
    catalog.scan(
        bytes(),
        null,
        (key, value) -> {
          catalog.write(batch(bytes(2), null));
          catalog.write(batch(bytes(3), bytes(3)));
          assertNull(catalog.get(bytes(2)));
          return seen.add((int) key[0]);
        });
    assertEquals(List.of(1, 2), seen);
    assertEquals(List.of(1, 3), firstBytes(bytes(), null));
  }

  @Test
  void visitorsErrorComesThrough() throws IOException {
    catalog.write(batch(bytes(1), bytes(1)));
    IOException thrown = new IOException("enough");
    assertEquals(
        thrown,
        assertThrows(
            IOException.class,
            () ->
                catalog.scan(
                    bytes(),
                    null,
                    (key, value) -> {
                      throw thrown;
                    })));
  }

  @Test
  void clearRemovesEveryRowAndRowsCanBeWrittenAgain() throws IOException {
    catalog.write(batch(bytes(1), bytes(1)));
    catalog.clear();
    assertEquals(List.of(), firstBytes(bytes(), null));
    catalog.write(batch(bytes(2), bytes(2)));
    assertEquals(List.of(2), firstBytes(bytes(), null));
  }

  @Test
  void manySeededBatchesLeaveWhatAMapWouldHold() throws IOException {
    Random random = new Random(7);
    SortedMap<byte[], byte[]> model = batch();
    for (int round = 0; round < 100; round++) {
      SortedMap<byte[], byte[]> batch = batch();
      for (int i = 0; i < 200; i++) {
        byte[] key = new byte[1 + random.nextInt(3)];
        random.nextBytes(key);
        key[0] &= 15;
        batch.put(key, random.nextInt(4) == 0 ? null : key.clone());
      }
      catalog.write(batch);
      model.putAll(batch);
    }
    model.values().removeIf(value -> value == null);
    SortedMap<byte[], byte[]> found = batch();
    catalog.scan(bytes(), null, (key, value) -> found.put(key, value) == null);
    assertEquals(model.size(), found.size());
    for (byte[] key : model.keySet()) {
      assertArrayEquals(model.get(key), found.get(key));
    }
  }

  @Test
  void readersNeverSeeHalfABatch() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> reader = threads.submit(() -> readPairsUntil(done));
      for (int i = 0; i < 2000; i++) {
        SortedMap<byte[], byte[]> pair = batch(bytes(1), bytes(i, i >> 8));
        pair.put(bytes(2), bytes(i, i >> 8));
        catalog.write(pair);
      }
      done.set(true);
      reader.get();
    } finally {
      done.set(true);
      threads.shutdown();
    }
  }

  private Void readPairsUntil(AtomicBoolean done) throws IOException {
    while (!done.get()) {
      List<byte[]> pair = new ArrayList<>();
      catalog.scan(bytes(), null, (key, value) -> pair.add(value));
      if (!pair.isEmpty()) {
        assertEquals(2, pair.size());
        assertArrayEquals(pair.get(0), pair.get(1));
      }
    }
    return null;
  }

  @Test
  void storedBytesGrowWithRows() throws IOException {
    long before = catalog.storedBytes();
    byte[] value = new byte[100_000];
    new Random(1).nextBytes(value);
    catalog.write(batch(bytes(1), value));
    assertTrue(catalog.storedBytes() >= before + 50_000);
  }

  @Test
  void useAfterCloseIsAnErrorAndClosingAgainIsNot() throws IOException {
    catalog.close();
    catalog.close();
    assertThrows(IOException.class, () -> catalog.get(bytes(1)));
    assertThrows(IOException.class, () -> catalog.scan(bytes(), null, (key, value) -> true));
    assertThrows(IOException.class, () -> catalog.write(batch(bytes(1), bytes(1))));
    assertThrows(IOException.class, () -> catalog.clear());
  }

  @Test
  void closeMeetsRunningReadersWithoutHarm() throws Exception {
    SortedMap<byte[], byte[]> rows = batch();
    for (int i = 0; i < 10_000; i++) {
      rows.put(bytes(i >> 8, i), bytes(i));
    }
    catalog.write(rows);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> scanner = threads.submit(this::readUntilClosed);
      Future<?> getter = threads.submit(this::readUntilClosed);
      catalog.get(bytes(1));
      catalog.close();
      scanner.get();
      getter.get();
    } finally {
      threads.shutdown();
    }
  }

  /** Ends with the error that reading a closed catalog gives. */
  private void readUntilClosed() {
    assertThrows(
        IOException.class,
        () -> {
          while (true) {
            catalog.scan(bytes(), null, (key, value) -> catalog.get(key) != null);
          }
        });
  }
}
