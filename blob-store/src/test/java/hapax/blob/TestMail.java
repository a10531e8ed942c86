package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Things to put into a store, and what must come out: records with blobs, added and removed by log
 * entries. Entry: {@code +} or {@code -}, then the record's id; later entries of an id must not
 * come before earlier ones, so each id is added once and removed at most once.
 */
final class TestMail {
  private final Random random;
  private final Map<String, StoredRecord> records = new TreeMap<>();
  private final Map<String, byte[]> blobs = new TreeMap<>();
  private int made;

  TestMail(long seed) {
    random = new Random(seed);
  }

  /** Folds entries whatever their order: a removal leaves a row that later additions see. */
  static byte[] fold(byte[] entry, FoldRows rows) throws IOException {
    RecordId id = RecordId.readFrom(ByteBuffer.wrap(entry, 1, Id32.BYTES));
    byte[] holder = Arrays.copyOfRange(entry, 1, 17);
    byte[] key = Arrays.copyOfRange(entry, 1, 1 + Id32.BYTES);
    byte[] before = rows.get(key);
    boolean removed = entry[0] == '-' || (before != null && before[0] == '-');
    rows.put(key, new byte[] {(byte) (removed ? '-' : '+')});
    if (removed) {
      rows.release(id, holder);
    } else {
      rows.hold(id, holder);
    }
    return entry;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] content(int length, boolean text) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    for (int i = 0; text && i < length; i++) {
      bytes[i] = (byte) ('a' + (bytes[i] & 7));
    }
    return bytes;
  }

  /** Adds a record with a small blob, a large one, and one that earlier records may have too. */
  String add(BlobStore store, int largest) throws IOException {
    try (Intake unit = store.intake()) {
      StoredRecord record = add(unit, "record " + made, largest);
      unit.append(entry('+', record.id()));
      return record.id().toString();
    }
  }

  /** Adds a record without a holder. */
  StoredRecord add(Intake unit, String name, int largest) throws IOException {
    byte[] small = content(random.nextInt(900), true);
    byte[] large = content(40_000 + random.nextInt(largest), made % 2 == 0);
    byte[] shared = ("shared by some " + made / 3).repeat(100).getBytes(UTF_8);
    made++;
    List<BlobId> ids = List.of(put(unit, small), put(unit, large), put(unit, shared));
    StoredRecord record = record(name, ids);
    unit.putRecord(record);
    records.put(record.id().toString(), record);
    return record;
  }

  private BlobId put(Intake unit, byte[] bytes) throws IOException {
    BlobId id = BlobId.of(sha256(bytes));
    unit.putBlob(id, bytes.length, sink -> sink.write(bytes));
    blobs.put(id.toString(), bytes);
    return id;
  }

  /** The content of a blob that was put. */
  byte[] content(BlobId id) {
    return Objects.requireNonNull(blobs.get(id.toString()));
  }

  private StoredRecord record(String name, List<BlobId> of) {
    return new StoredRecord(
        RecordId.of(sha256(name.getBytes(UTF_8))),
        name.length(),
        of,
        new byte[] {7},
        name.getBytes(UTF_8),
        content(random.nextInt(1_000), true),
        content(random.nextInt(2_000), true));
  }

  static byte[] entry(char what, RecordId id) {
    return ByteBuffer.allocate(1 + Id32.BYTES).put((byte) what).put(id.toBytes()).array();
  }

  /** Removes a record: nobody holds it any more. */
  void remove(BlobStore store, String id) throws IOException {
    try (Intake unit = store.intake()) {
      unit.append(entry('-', records.get(id).id()));
    }
    records.remove(id);
  }

  /** Puts the content of all living records once more, which heals what is damaged. */
  void putAllBlobsAgain(BlobStore store) throws IOException {
    try (Intake unit = store.intake()) {
      for (byte[] bytes : blobs.values()) {
        put(unit, bytes);
      }
    }
  }

  List<String> ids() {
    return List.copyOf(records.keySet());
  }

  /** Every record that is held comes back with its blobs, byte for byte. */
  void checkAll(BlobStore store) throws IOException {
    try (StoreReader reader = store.reader()) {
      for (StoredRecord record : records.values()) {
        check(reader, record);
      }
    }
  }

  private void check(StoreReader reader, StoredRecord record) throws IOException {
    assertTrue(reader.record(record.id()).orElseThrow().sameAs(record));
    for (BlobId blob : record.blobs()) {
      byte[] bytes = blobs.get(blob.toString());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      reader.copyBlob(blob, bytes.length, out);
      assertArrayEquals(bytes, out.toByteArray());
    }
  }
}
