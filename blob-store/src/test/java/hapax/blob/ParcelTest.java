package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes from a line is kept as it came where that is as good as what the store would make. */
class ParcelTest {
  private static final Path PACK = StoreModel.PACKS.resolve("p-00000001.pack");

  private final CrashDisk disk = new CrashDisk();
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final ParcelCodec codec = new ParcelCodec();
  private final Random random = new Random(5);
  private final List<byte[]> blobs = new ArrayList<>();
  private final List<StoredRecord> records = new ArrayList<>();
  private final List<String> entries = new ArrayList<>();
  private PackStore store;

  @BeforeEach
  void open() throws IOException {
    store = StoreModel.open(disk, catalog);
  }

  @AfterEach
  void close() throws IOException {
    codec.close();
    store.close();
  }

  private void fill(int count, int length) {
    for (int i = 0; i < count; i++) {
      blobs.add(BlobContent.of(random, length, true));
      String name = "message " + random.nextLong();
      records.add(
          new StoredRecord(
              RecordId.of(BlobContent.sha256(name.getBytes(UTF_8))),
              name.length(),
              List.of(BlobContent.id(blobs.get(blobs.size() - 1))),
              new byte[] {3},
              name.getBytes(UTF_8),
              BlobContent.of(random, length, true),
              new byte[0]));
      entries.add(name);
    }
  }

  private Parcel.Builder builder() {
    Parcel.Builder parcel = new Parcel.Builder();
    blobs.forEach(blob -> parcel.add(BlobContent.id(blob), blob));
    records.forEach(parcel::add);
    entries.forEach(entry -> parcel.add(entry.getBytes(UTF_8)));
    return parcel;
  }

  /** Not compressed, which the store would do: so it can be told what was made anew. */
  private Parcel parcel() throws IOException {
    return asItIs(builder());
  }

  private Parcel asItIs(Parcel.Builder parcel) throws IOException {
    byte[] plain = parcel.bytes();
    return unpack(ParcelCodec.packed(ByteBuffer.wrap(plain), false, plain.length).array());
  }

  private Parcel unpack(byte[] packed) throws IOException {
    return codec.unpack(ByteBuffer.wrap(packed), 1 << 20, "parcel");
  }

  private static void put(Intake unit, byte[] blob) throws IOException {
    unit.putBlob(BlobContent.id(blob), blob.length, Content.of(blob));
  }

  /** Puts all that there is, and commits. */
  private void take(Parcel parcel) throws IOException {
    try (Intake unit = store.intake(parcel)) {
      for (byte[] blob : blobs) {
        put(unit, blob);
      }
      for (StoredRecord record : records) {
        unit.putRecord(record);
      }
      for (int i = entries.size() - 1; i >= 0; i--) {
        unit.append(entries.get(i).getBytes(UTF_8));
      }
    }
    store.commit();
  }

  /** Whether the pack has the parcel's very bytes; all that was put is there in any case. */
  private boolean isKeptAsItCame(Parcel parcel) throws IOException {
    try (StoreReader reader = store.reader()) {
      for (byte[] blob : blobs) {
        assertArrayEquals(blob, read(reader, blob));
      }
      for (StoredRecord record : records) {
        assertTrue(reader.record(record.id()).orElseThrow().sameAs(record));
      }
    }
    List<String> log = new ArrayList<>();
    store.scanLog(new byte[0], null, (key, entry) -> log.add(new String(entry, UTF_8)));
    assertTrue(log.containsAll(entries), log + "");
    assertEquals(log.size(), log.stream().distinct().count());
    StoreModel.checkRebuilt(disk, catalog);
    return contains(disk.content(PACK), bytes(parcel.packed()));
  }

  private static byte[] read(StoreReader reader, byte[] blob) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reader.copyBlob(BlobContent.id(blob), blob.length, out);
    return out.toByteArray();
  }

  private static byte[] bytes(PackedPiece piece) {
    byte[] stored = new byte[piece.stored().remaining()];
    piece.stored().get(stored);
    return stored;
  }

  private static boolean contains(byte[] pack, byte[] bytes) {
    for (int i = 0; i + bytes.length <= pack.length; i += 8) {
      if (Arrays.equals(pack, i, i + bytes.length, bytes, 0, bytes.length)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void allOfItIsKeptAsItCameWhateverTheOrderInWhichItWasPut() throws IOException {
    fill(4, 300);
    Parcel parcel = parcel();
    take(parcel);
    assertTrue(isKeptAsItCame(parcel));
  }

  @Test
  void whatIsMadeBecauseOfItComesAfterIt() throws IOException {
    fill(4, 300);
    Parcel parcel = parcel();
    entries.add("one more");
    take(parcel);
    assertTrue(isKeptAsItCame(parcel));
  }

  @Test
  void whatComesBesideItDoesNotKeepItFromBeingKept() throws IOException {
    fill(4, 300);
    Parcel parcel = parcel();
    fill(1, 300);
    take(parcel);
    assertTrue(isKeptAsItCame(parcel));
  }

  @Test
  void whatComesBesideItDoesNotStandForWhatIsMissingOfIt() throws IOException {
    fill(4, 300);
    Parcel parcel = parcel();
    records.remove(0);
    fill(1, 300);
    take(parcel);
    assertFalse(isKeptAsItCame(parcel));
  }

  @Test
  void ofWhatIsThereInPartOnlyTheRestIsKept() throws IOException {
    fill(4, 300);
    try (Intake unit = store.intake()) {
      put(unit, blobs.get(0));
      unit.putRecord(records.get(1));
    }
    Parcel parcel = parcel();
    take(parcel);
    assertFalse(isKeptAsItCame(parcel));
  }

  @Test
  void whatWasNotPutIsNotKept() throws IOException {
    fill(4, 300);
    Parcel parcel = parcel();
    entries.remove(2);
    take(parcel);
    assertFalse(isKeptAsItCame(parcel));
    List<String> log = new ArrayList<>();
    store.scanLog(new byte[0], null, (key, entry) -> log.add(new String(entry, UTF_8)));
    assertEquals(entries.size(), log.size());
  }

  @Test
  void aRecordThatSaysSomethingElseThanTheOneInItDoesNotComeWithIt() throws IOException {
    fill(4, 300);
    Parcel parcel = parcel();
    StoredRecord was = records.get(0);
    records.set(
        0,
        new StoredRecord(
            was.id(),
            was.length(),
            was.blobs(),
            was.summary(),
            was.plan(),
            was.head(),
            was.plan()));
    take(parcel);
    assertFalse(isKeptAsItCame(parcel));
  }

  @Test
  void whatHasOneThingTwiceIsMadeAnew() throws IOException {
    fill(4, 300);
    Parcel.Builder twice = builder();
    twice.add(records.get(0));
    Parcel parcel = asItIs(twice);
    take(parcel);
    assertFalse(isKeptAsItCame(parcel));
  }

  @Test
  void whatIsTooShortIsMadeAnew() throws IOException {
    fill(1, 10);
    Parcel parcel = parcel();
    take(parcel);
    assertFalse(isKeptAsItCame(parcel));
  }

  @Test
  void whatIsTooLongIsMadeAnew() throws IOException {
    fill(12, 400);
    Parcel parcel = parcel();
    take(parcel);
    assertFalse(isKeptAsItCame(parcel));
  }

  /** It could say little and be kept at any length. */
  @Test
  void whatIsLongerPackedThanUnpackedIsRefused() {
    byte[] noise = new byte[1_000];
    random.nextBytes(noise);
    assertRefused(Zstd.compress(noise), noise.length);
    ByteArrayOutputStream emptyBlocks = new ByteArrayOutputStream();
    emptyBlocks.writeBytes(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x20, 1});
    emptyBlocks.writeBytes(new byte[3_000]);
    emptyBlocks.writeBytes(new byte[] {9, 0, 0, 42});
    assertRefused(emptyBlocks.toByteArray(), 1);
  }

  @Test
  void whatHasMoreThanOneFrameIsRefused() {
    byte[] content = new byte[100_000];
    for (byte[] more :
        List.of(
            Zstd.compress(new byte[0]), new byte[] {0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7})) {
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      frames.writeBytes(Zstd.compress(content));
      frames.writeBytes(more);
      assertRefused(frames.toByteArray(), content.length);
    }
  }

  private void assertRefused(byte[] frame, int length) {
    ByteBuffer packed = ParcelCodec.packed(ByteBuffer.wrap(frame), true, length);
    CorruptStoreException refused =
        assertThrows(
            CorruptStoreException.class,
            () -> codec.unpackPiece(packed, ByteBuffer.allocate(1 << 20), "piece"));
    assertTrue(refused.getMessage().contains("one zstd frame of at most"), refused.getMessage());
  }

  @Test
  void whatWasTakenOutOfItStaysWhenItsRoomIsUsedAgain() throws IOException {
    fill(4, 300);
    Parcel first = unpack(codec.pack(builder()));
    codec.giveBack(first);
    List<byte[]> oldBlobs = new ArrayList<>(blobs);
    List<StoredRecord> oldRecords = new ArrayList<>(records);
    blobs.clear();
    records.clear();
    entries.clear();
    fill(3, 200);
    Parcel second = unpack(codec.pack(builder()));
    assertSame(first.group().room(), second.group().room());
    assertHolds(first, oldBlobs, oldRecords);
    assertHolds(second, blobs, records);
    take(second);
    assertTrue(isKeptAsItCame(second));
  }

  private static void assertHolds(Parcel parcel, List<byte[]> blobs, List<StoredRecord> records) {
    assertEquals(blobs.size(), parcel.blobs().size());
    for (byte[] blob : blobs) {
      assertArrayEquals(blob, parcel.blobs().get(BlobContent.id(blob)));
    }
    assertEquals(records.size(), parcel.records().size());
    for (int i = 0; i < records.size(); i++) {
      assertTrue(parcel.records().get(i).sameAs(records.get(i)));
    }
  }

  @Test
  void aShortRoomIsNotUsedForALongerOne() throws IOException {
    fill(1, 10);
    codec.giveBack(unpack(codec.pack(builder())));
    fill(50, 4_000);
    Parcel longer = unpack(codec.pack(builder()));
    assertHolds(longer, blobs, records);
  }

  @Test
  void aUnitThatFailsKeepsWhatWasPut() throws IOException {
    fill(4, 300);
    Parcel parcel = parcel();
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (Intake unit = store.intake(parcel)) {
            put(unit, blobs.get(0));
            throw new IllegalStateException("planned");
          }
        });
    store.commit();
    try (StoreReader reader = store.reader()) {
      assertArrayEquals(blobs.get(0), read(reader, blobs.get(0)));
    }
    StoreModel.checkRebuilt(disk, catalog);
  }

  @Test
  void piecesOfLargeContentAreKeptAsTheyCame() throws IOException {
    byte[] content = BlobContent.of(random, (5 << 20) / 2, true);
    byte[] other = codec.packPiece(content, BulkPiece.MAX_RAW);
    assertEquals(PutResult.STORED, putPacked(content, StoreModel.packed(codec, content)));
    store.commit();
    // Behind the method and a length of four bytes.
    byte[] payload = Arrays.copyOfRange(other, 4, other.length);
    assertTrue(contains(disk.content(PACK), payload));
    assertEquals(PutResult.SHARED, putPacked(content, StoreModel.packed(codec, content)));
    blobs.add(content);
    try (StoreReader reader = store.reader()) {
      assertArrayEquals(content, read(reader, content));
    }
    StoreModel.checkRebuilt(disk, catalog);
  }

  private PutResult putPacked(byte[] content, PackedContent packed) throws IOException {
    try (Intake unit = store.intake()) {
      return unit.putBlob(BlobContent.id(content), content.length, packed);
    }
  }

  @Test
  void piecesThatAreCutOtherwiseAreCutAnew() throws IOException {
    byte[] content = BlobContent.of(random, 4_000, true);
    List<PackedPiece> pieces = new ArrayList<>();
    for (int at = 0; at < content.length; at += 1_000) {
      byte[] piece = Arrays.copyOfRange(content, at, at + 1_000);
      ByteBuffer packed = ByteBuffer.wrap(codec.packPiece(piece, piece.length));
      pieces.add(codec.unpackPiece(packed, ByteBuffer.allocate(piece.length), "piece"));
    }
    putPacked(content, new PackedContent(pieces));
    store.commit();
    assertFalse(contains(disk.content(PACK), bytes(pieces.get(1))));
    try (StoreReader reader = store.reader()) {
      assertArrayEquals(content, read(reader, content));
    }
    StoreModel.checkRebuilt(disk, catalog);
  }

  @Test
  void contentInPiecesIsAsLongAsItWasSaidToBe() throws IOException {
    byte[] content = BlobContent.of(random, 4_000, true);
    PackedContent packed = StoreModel.packed(codec, content);
    try (Intake unit = store.intake()) {
      for (int length : new int[] {content.length - 1, content.length + 1}) {
        assertThrows(
            ContentChangedException.class,
            () -> unit.putBlob(BlobContent.id(content), length, packed));
      }
    }
  }

  /** Two sessions get the same content at once: the one that shares it must be able to read it. */
  @Test
  void blobOfAParcelWhoseUnitHasNotEndedShouldBeReadableOnceThatEnds() throws Exception {
    fill(4, 100);
    Parcel parcel = parcel();
    byte[] blob = blobs.get(1);
    BlobId id = BlobContent.id(blob);
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    Thread other =
        new Thread(
            () -> {
              try (StoreReader reader = store.reader()) {
                try (Intake unit = store.intake()) {
                  assertEquals(PutResult.SHARED, unit.putBlob(id, blob.length, Content.of(blob)));
                }
                store.flush();
                store.awaitReadable(id);
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                reader.copyBlob(id, blob.length, content);
                read.complete(content.toByteArray());
              } catch (IOException | AssertionError failed) {
                read.completeExceptionally(failed);
              }
            });
    try (Intake unit = store.intake(parcel)) {
      for (byte[] each : blobs) {
        put(unit, each);
      }
      other.start();
      await().until(() -> read.isDone() || other.getState() == Thread.State.WAITING);
      assertFalse(read.isDone());
    }
    assertArrayEquals(blob, read.get());
    store.awaitReadable(id);
  }
}
