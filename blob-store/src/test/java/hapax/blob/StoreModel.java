package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Seeded work on a store, and what must be there afterwards: everything of the units that were
 * committed, byte for byte.
 */
final class StoreModel {
  static final byte[] ID = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
  static final Path PACKS = Path.of("/store/packs");
  static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC);

  /** Small enough for packs, groups and large blobs to be many. */
  static final StoreOptions SMALL = new StoreOptions(24 << 10, 2 << 10, 700, 3, 3, 4 << 10);

  private final Random random;
  private final List<byte[]> contents = new ArrayList<>();
  private final Contents open = new Contents();
  private final Contents committed = new Contents();
  private int units;

  StoreModel(long seed) {
    random = new Random(seed);
  }

  /** What units put. */
  private static final class Contents {
    private final Map<BlobId, byte[]> blobs = new LinkedHashMap<>();
    private final Map<RecordId, StoredRecord> records = new LinkedHashMap<>();
    private final TreeSet<String> log = new TreeSet<>();

    void addAll(Contents more) {
      blobs.putAll(more.blobs);
      records.putAll(more.records);
      log.addAll(more.log);
    }

    void clear() {
      blobs.clear();
      records.clear();
      log.clear();
    }
  }

  static PackStore open(Disk disk, Catalog catalog) throws IOException {
    PackPlace place = new DirectoryPacks(disk, PACKS);
    return new PackStore(
        new StoreParts(ID, place, new KeptCatalog(catalog), null), SMALL, StoreModel::fold, CLOCK);
  }

  /** A row for each entry, and a holder for the record that it names. */
  static byte[] fold(byte[] entry, FoldRows rows) throws IOException {
    rows.put(entry, new byte[] {1});
    byte[] holder = new byte[16];
    holder[0] = entry[entry.length - 1];
    rows.hold(RecordId.of(BlobContent.sha256(entry)), holder);
    return entry;
  }

  void work(BlobStore store, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      unit(store);
    }
  }

  /** One unit: some blobs, new or known, a record of them, an entry; now and then from a line. */
  void unit(BlobStore store) throws IOException {
    String name = "unit " + units++;
    Map<BlobId, byte[]> blobs = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      byte[] content = content();
      blobs.put(BlobContent.id(content), content);
    }
    StoredRecord record = record(name, List.copyOf(blobs.keySet()));
    boolean fromLine = random.nextInt(3) == 0;
    try (ParcelCodec codec = new ParcelCodec();
        Intake unit =
            fromLine ? store.intake(parcel(codec, name, blobs, record)) : store.intake()) {
      for (Map.Entry<BlobId, byte[]> blob : blobs.entrySet()) {
        byte[] content = blob.getValue();
        unit.putBlob(
            blob.getKey(),
            content.length,
            fromLine ? packed(codec, content) : sink -> sink.write(content));
      }
      unit.putRecord(record);
      unit.append(name.getBytes(UTF_8));
      open.blobs.putAll(blobs);
      open.records.put(record.id(), record);
      open.log.add(name);
    }
  }

  /** All of a unit but its large blobs, as it comes on a line. */
  private static Parcel parcel(
      ParcelCodec codec, String name, Map<BlobId, byte[]> blobs, StoredRecord record)
      throws CorruptStoreException {
    Parcel.Builder parcel = new Parcel.Builder();
    blobs.forEach(
        (id, content) -> {
          if (content.length < SMALL.smallBlob()) {
            parcel.add(id, content);
          }
        });
    parcel.add(record);
    parcel.add(name.getBytes(UTF_8));
    return codec.unpack(ByteBuffer.wrap(codec.pack(parcel)), 1 << 20, "parcel");
  }

  /** Content as it comes on a line. */
  static PackedContent packed(ParcelCodec codec, byte[] content) throws CorruptStoreException {
    List<PackedPiece> pieces = new ArrayList<>();
    for (int at = 0; at < content.length; at += BulkPiece.MAX_RAW) {
      byte[] piece =
          Arrays.copyOfRange(content, at, Math.min(content.length, at + BulkPiece.MAX_RAW));
      ByteBuffer packed = ByteBuffer.wrap(codec.packPiece(piece, piece.length));
      pieces.add(codec.unpackPiece(packed, ByteBuffer.allocate(piece.length), "piece"));
    }
    return new PackedContent(pieces);
  }

  /** A unit with one blob of a few hundred bytes, which has frames of its own, and a small one. */
  void shortUnit(BlobStore store) throws IOException {
    String name = "short unit " + units++;
    byte[] large = BlobContent.of(random, StoreModel.SMALL.smallBlob() + 10, true);
    byte[] small = BlobContent.of(random, 40, false);
    try (Intake unit = store.intake()) {
      for (byte[] content : List.of(large, small)) {
        unit.putBlob(BlobContent.id(content), content.length, sink -> sink.write(content));
        open.blobs.put(BlobContent.id(content), content);
      }
      StoredRecord record = record(name, List.of(BlobContent.id(large), BlobContent.id(small)));
      unit.putRecord(record);
      open.records.put(record.id(), record);
      unit.append(name.getBytes(UTF_8));
      open.log.add(name);
    }
  }

  /** What was committed until now. */
  StoreModel copy() {
    StoreModel copy = new StoreModel(units);
    copy.units = units + 1_000;
    copy.committed.addAll(committed);
    return copy;
  }

  private byte[] content() {
    if (!contents.isEmpty() && random.nextInt(4) == 0) {
      return contents.get(random.nextInt(contents.size()));
    }
    int length = random.nextInt(12) == 0 ? 1_100_000 : random.nextInt(4_000);
    byte[] content = BlobContent.of(random, length, length > 1_000_000 || random.nextBoolean());
    contents.add(content);
    return content;
  }

  private StoredRecord record(String name, List<BlobId> ids) {
    return new StoredRecord(
        RecordId.of(BlobContent.sha256(name.getBytes(UTF_8))),
        name.length(),
        ids,
        new byte[] {(byte) units},
        name.getBytes(UTF_8),
        BlobContent.of(random, random.nextInt(300), true),
        BlobContent.of(random, random.nextInt(600), true));
  }

  /** Commits; from now on all that was put before must never be lost. */
  void commit(BlobStore store) throws IOException {
    store.commit();
    acknowledge();
  }

  void acknowledge() {
    committed.addAll(open);
    open.clear();
  }

  /** What was put and not committed may be gone; it is not asked for any more. */
  void forgetUncommitted() {
    open.clear();
  }

  void checkCommitted(BlobStore store) throws IOException {
    try (StoreReader reader = store.reader()) {
      for (Map.Entry<BlobId, byte[]> blob : committed.blobs.entrySet()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reader.copyBlob(blob.getKey(), blob.getValue().length, out);
        assertArrayEquals(blob.getValue(), out.toByteArray());
      }
      for (StoredRecord record : committed.records.values()) {
        assertTrue(reader.record(record.id()).orElseThrow().sameAs(record));
      }
    }
    TreeSet<String> log = new TreeSet<>();
    store.scanLog(new byte[0], null, (key, entry) -> log.add(new String(entry, UTF_8)));
    TreeSet<String> missing = new TreeSet<>(committed.log);
    missing.removeAll(log);
    assertEquals(Set.of(), missing, "missing in the log");
    for (String entry : committed.log) {
      assertArrayEquals(new byte[] {1}, store.rows().get(entry.getBytes(UTF_8)));
    }
  }

  /**
   * Reads everything that was committed: each is what it was, or damaged.
   *
   * @return how many could not be read
   */
  int countDamaged(BlobStore store) throws IOException {
    int damaged = 0;
    try (StoreReader reader = store.reader()) {
      for (Map.Entry<BlobId, byte[]> blob : committed.blobs.entrySet()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
          reader.copyBlob(blob.getKey(), blob.getValue().length, out);
          assertArrayEquals(blob.getValue(), out.toByteArray());
        } catch (CorruptStoreException e) {
          damaged++;
        }
      }
      for (StoredRecord record : committed.records.values()) {
        try {
          damaged += reader.record(record.id()).map(r -> checkSame(r, record)).orElse(1);
        } catch (CorruptStoreException e) {
          damaged++;
        }
      }
    }
    return damaged;
  }

  private static int checkSame(StoredRecord found, StoredRecord expected) {
    assertTrue(found.sameAs(expected));
    return 0;
  }

  /** All rows but the list of damaged blobs, which is what somebody saw, and hints for sweeping. */
  static List<String> rows(Catalog catalog) throws IOException {
    List<String> rows = new ArrayList<>();
    catalog.scan(
        new byte[0],
        null,
        (key, value) -> {
          if (key[0] != Rows.DAMAGED && key[0] != Rows.HIDES) {
            rows.add(HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value));
          }
          return true;
        });
    return rows;
  }

  /** A catalog made anew from the packs of {@code disk} has the rows of {@code catalog}. */
  static void checkRebuilt(CrashDisk disk, Catalog catalog) throws IOException {
    MemoryCatalog anew = new MemoryCatalog();
    open(disk.afterKill(), anew).close();
    List<String> expected = rows(anew);
    List<String> found = rows(catalog);
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(found);
    found.removeAll(expected);
    assertEquals(missing, found, "rows that only the rebuilt catalog has, and that only this has");
  }
}
