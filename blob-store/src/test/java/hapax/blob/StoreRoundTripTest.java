package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was put is there, byte for byte, in this run and after opening again. */
class StoreRoundTripTest {
  @TempDir private Path folder;

  private final Random random = new Random(3);
  private final Map<BlobId, byte[]> blobs = new LinkedHashMap<>();
  private final Map<RecordId, StoredRecord> records = new LinkedHashMap<>();
  private final List<String> log = new ArrayList<>();

  /** Keeps each entry as a row of its own, under its own bytes. */
  private static byte[] fold(byte[] entry, FoldRows rows) {
    rows.put(entry, new byte[] {1});
    return entry;
  }

  private BlobStore open() throws IOException {
    return BlobStore.open(folder, true, StoreRoundTripTest::fold);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] content(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) ('a' + (bytes[i] & 3));
      }
    }
    return bytes;
  }

  private void putSome(BlobStore store, int count, int largest) throws IOException {
    for (int i = 0; i < count; i++) {
      try (Intake unit = store.intake()) {
        byte[] bytes = content(random.nextInt(largest));
        BlobId id = BlobId.of(sha256(bytes));
        unit.putBlob(id, bytes.length, sink -> sink.write(bytes));
        blobs.put(id, bytes);
        StoredRecord record = record("record " + records.size(), List.of(id));
        assertEquals(PutResult.STORED, unit.putRecord(record));
        records.put(record.id(), record);
        String entry = "entry " + log.size();
        unit.append(entry.getBytes(UTF_8));
        log.add(entry);
      }
    }
  }

  private StoredRecord record(String name, List<BlobId> of) {
    return new StoredRecord(
        RecordId.of(sha256(name.getBytes(UTF_8))),
        name.length(),
        of,
        new byte[] {7},
        name.getBytes(UTF_8),
        content(random.nextInt(3_000)),
        content(random.nextInt(9_000)));
  }

  private void checkAll(BlobStore store) throws IOException {
    try (StoreReader reader = store.reader()) {
      for (Map.Entry<BlobId, byte[]> blob : blobs.entrySet()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reader.copyBlob(blob.getKey(), blob.getValue().length, out);
        assertArrayEquals(blob.getValue(), out.toByteArray());
      }
      for (StoredRecord record : records.values()) {
        assertTrue(reader.record(record.id()).orElseThrow().sameAs(record));
      }
    }
    List<String> found = new ArrayList<>();
    store.scanLog(new byte[0], null, (key, entry) -> found.add(new String(entry, UTF_8)));
    assertEquals(log.stream().sorted().toList(), found);
    assertEquals(found, readByPlace(store));
    for (String entry : log) {
      assertArrayEquals(new byte[] {1}, store.rows().get(entry.getBytes(UTF_8)));
    }
  }

  /** The log once more: read in the order in which it lies, put in order of its keys. */
  private static List<String> readByPlace(BlobStore store) throws IOException {
    SortedMap<LogPlace, String> keys = new TreeMap<>();
    store.scanLogPlaces(
        new byte[0], new byte[] {-1}, (key, at) -> keys.put(at, new String(key, UTF_8)) == null);
    SortedMap<String, String> entries = new TreeMap<>();
    try (StoreReader reader = store.reader()) {
      for (Map.Entry<LogPlace, String> entry : keys.entrySet()) {
        entries.put(entry.getValue(), new String(reader.logEntry(entry.getKey()), UTF_8));
      }
    }
    return List.copyOf(entries.values());
  }

  @Test
  void whatWasPutComesBackInTheRunAndAfter() throws IOException {
    try (BlobStore store = open()) {
      putSome(store, 200, 100_000);
      store.commit();
      checkAll(store);
      putSome(store, 20, 5_000_000);
      store.commit();
    }
    try (BlobStore store = open()) {
      checkAll(store);
      putSome(store, 50, 50_000);
      store.commit();
    }
    try (BlobStore store = open()) {
      checkAll(store);
    }
  }

  @Test
  void whatWasNotCommittedIsGoneAfterOpening() throws IOException {
    try (BlobStore store = open()) {
      putSome(store, 50, 50_000);
      store.commit();
    }
    RecordId lost;
    try (BlobStore store = open()) {
      StoredRecord record = record("never committed", List.of());
      lost = record.id();
      try (Intake unit = store.intake()) {
        unit.putRecord(record);
      }
      assertTrue(store.hasRecord(lost));
    }
    try (BlobStore store = open()) {
      assertEquals(false, store.hasRecord(lost));
      checkAll(store);
    }
  }

  @Test
  void sameContentTwiceIsOneBlobWithTwoReferences() throws IOException {
    byte[] bytes = content(200_000);
    BlobId id = BlobId.of(sha256(bytes));
    try (BlobStore store = open()) {
      for (String name : List.of("one", "two")) {
        try (Intake unit = store.intake()) {
          unit.putBlob(id, bytes.length, sink -> sink.write(bytes));
          unit.putRecord(record(name, List.of(id)));
        }
      }
      store.commit();
      List<Long> references = new ArrayList<>();
      store.scanBlobs((blob, length, stored, count, one) -> references.add(count));
      assertEquals(List.of(2L), references);
    }
  }

  @Test
  void shortEntryAtTheEndOfAPackIsRead() throws IOException {
    try (BlobStore store = open()) {
      try (Intake unit = store.intake()) {
        unit.append("a".getBytes(UTF_8));
      }
      store.commit();
      List<String> found = new ArrayList<>();
      store.scanLog(new byte[0], null, (key, entry) -> found.add(new String(entry, UTF_8)));
      assertEquals(List.of("a"), found);
    }
  }
}
