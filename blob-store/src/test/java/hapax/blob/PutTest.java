package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What putting says, and what it does with content that is known, damaged or not what it should be.
 */
class PutTest {
  private static final Path PACK = StoreModel.PACKS.resolve("p-00000001.pack");

  private final CrashDisk disk = new CrashDisk();
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final Random random = new Random(11);
  private PackStore store;

  @BeforeEach
  void open() throws IOException {
    store = StoreModel.open(disk, catalog);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void reopen() throws IOException {
    store.commit();
    store.close();
    open();
  }

  private PutResult put(byte[] content) throws IOException {
    return put(BlobContent.id(content), content.length, sink -> sink.write(content));
  }

  private PutResult put(BlobId id, long length, Content content) throws IOException {
    try (Intake unit = store.intake()) {
      return unit.putBlob(id, length, content);
    }
  }

  private byte[] read(BlobId id, long length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (StoreReader reader = store.reader()) {
      reader.copyBlob(id, length, out);
    }
    return out.toByteArray();
  }

  /** Flips a byte of every payload. */
  private void damagePack() throws IOException {
    disk.damage(
        PACK,
        bytes -> {
          for (int i = PackHeader.BYTES + Frame.FIXED + BulkPiece.BYTES;
              i < bytes.length;
              i += 97) {
            bytes[i] ^= 1;
          }
          return bytes;
        });
  }

  @Test
  void knownContentIsSharedInTheSameRunAndInALaterOne() throws IOException {
    for (int length : new int[] {0, 1, 100, 5_000}) {
      byte[] content = BlobContent.of(random, length, false);
      assertEquals(PutResult.STORED, put(content));
      assertEquals(PutResult.SHARED, put(content));
      reopen();
      assertEquals(PutResult.SHARED, put(content));
      assertArrayEquals(content, read(BlobContent.id(content), length));
    }
  }

  @Test
  void damagedContentIsHealedWhenItComesAgain() throws IOException {
    for (int length : new int[] {300, 5_000}) {
      byte[] content = BlobContent.of(random, length, false);
      BlobId id = BlobContent.id(content);
      put(content);
      reopen();
      damagePack();
      assertEquals(PutResult.HEALED, put(content));
      assertEquals(PutResult.SHARED, put(content));
      reopen();
      assertArrayEquals(content, read(id, length));
      store.close();
      catalog.clear();
      open();
      assertArrayEquals(content, read(id, length), "from a catalog made anew");
    }
  }

  @Test
  void contentThatAReaderFoundDamagedIsHealedInTheSameRun() throws IOException {
    byte[] content = BlobContent.of(random, 5_000, false);
    BlobId id = BlobContent.id(content);
    put(content);
    store.commit();
    damagePack();
    assertThrows(CorruptStoreException.class, () -> read(id, content.length));
    assertEquals(PutResult.HEALED, put(content));
    assertArrayEquals(content, read(id, content.length));
  }

  @Test
  void wrongContentDoesNotTakeThePlaceOfDamagedContent() throws IOException {
    byte[] content = BlobContent.of(random, 5_000, false);
    BlobId id = BlobContent.id(content);
    put(content);
    reopen();
    byte[] other = BlobContent.of(random, 5_000, false);
    assertThrows(IOException.class, () -> put(id, other.length, sink -> sink.write(other)));
    assertArrayEquals(content, read(id, content.length));
  }

  @Test
  void contentOfAnotherLengthIsRefusedAndHarmsNothing() throws IOException {
    for (int length : new int[] {300, 5_000}) {
      byte[] content = BlobContent.of(random, length, false);
      BlobId id = BlobContent.id(content);
      for (int wrong : new int[] {length - 1, length + 1}) {
        assertThrows(
            IOException.class, () -> put(id, wrong, sink -> sink.write(content)), "" + wrong);
      }
      assertEquals(PutResult.STORED, put(content));
    }
  }

  @Test
  void longContentThatIsNotWhatItsIdSaysIsNeverWhole() throws IOException {
    byte[] content = BlobContent.of(random, 9 << 20, true);
    BlobId wrong = BlobContent.id(new byte[] {1});
    assertThrows(IOException.class, () -> put(wrong, content.length, sink -> sink.write(content)));
    reopen();
    assertThrows(CorruptStoreException.class, () -> read(wrong, content.length));
    StoreModel.checkRebuilt(disk, catalog);
  }

  @Test
  void contentThatCanNotBeReadLeavesTheStoreUsable() throws IOException {
    byte[] content = BlobContent.of(random, 5_000, false);
    IOException fault = new IOException("gone");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                put(
                    BlobContent.id(content),
                    content.length,
                    sink -> {
                      sink.write(content, 0, 2_000);
                      throw fault;
                    }));
    assertEquals(fault, thrown);
    assertEquals(PutResult.STORED, put(content));
  }

  @Test
  void anotherThreadTakesOverWhenTheFirstFails() throws Exception {
    byte[] content = BlobContent.of(random, 5_000, false);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<PutResult> first =
          threads.submit(
              () ->
                  put(
                      BlobContent.id(content),
                      content.length,
                      sink -> {
                        begun.countDown();
                        awaitQuietly(fail);
                        throw new IOException("fails while another waits");
                      }));
      begun.await();
      Future<PutResult> second = threads.submit(() -> put(content));
      assertFalse(second.isDone());
      fail.countDown();
      assertThrows(Exception.class, first::get);
      assertEquals(PutResult.STORED, second.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyThreadsWithTheSameContentStoreItOnce() throws Exception {
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      contents.add(BlobContent.of(random, random.nextInt(3_000), random.nextBoolean()));
    }
    List<PutResult> results = Collections.synchronizedList(new ArrayList<>());
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      List<byte[]> order = new ArrayList<>(contents);
      Collections.shuffle(order, new Random(thread));
      done.add(
          threads.submit(
              () -> {
                for (byte[] content : order) {
                  results.add(put(content));
                  if (content.length % 7 == 0) {
                    store.commit();
                  }
                }
                return null;
              }));
    }
    for (Future<?> each : done) {
      each.get();
    }
    threads.shutdown();
    assertEquals(60, results.stream().filter(PutResult.STORED::equals).count());
    assertEquals(300, results.stream().filter(PutResult.SHARED::equals).count());
    store.commit();
    for (byte[] content : contents) {
      assertArrayEquals(content, read(BlobContent.id(content), content.length));
    }
    StoreModel.checkRebuilt(disk, catalog);
  }

  @Test
  void aRecordThatComesWithOtherBytesTakesThePlaceOfTheFirst() throws IOException {
    RecordId id = RecordId.of(BlobContent.sha256(new byte[] {9}));
    for (int i = 0; i < 3; i++) {
      byte[] body = {(byte) i};
      StoredRecord record =
          new StoredRecord(id, 1, List.of(), new byte[0], new byte[0], new byte[0], body);
      try (Intake unit = store.intake()) {
        assertEquals(i == 0 ? PutResult.STORED : PutResult.HEALED, unit.putRecord(record));
      }
      reopen();
      for (Catalog rows : List.of(catalog, new MemoryCatalog())) {
        PackStore copy = StoreModel.open(disk.afterKill(), rows);
        assertTrue(copy.reader().record(id).orElseThrow().sameAs(record));
      }
    }
  }

  @Test
  void anEntryThatComesAgainIsThereOnce() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (Intake unit = store.intake()) {
        unit.append("again".getBytes(UTF_8));
      }
      store.commit();
    }
    for (Catalog rows : List.of(catalog, new MemoryCatalog())) {
      List<String> log = new ArrayList<>();
      StoreModel.open(disk.afterKill(), rows)
          .scanLog(new byte[0], null, (key, entry) -> log.add(new String(entry, UTF_8)));
      assertEquals(List.of("again"), log);
    }
  }

  @Test
  void commitShouldFailInTheMidstOfAUnit() throws IOException {
    try (Intake unit = store.intake()) {
      unit.append(new byte[] {1});
      assertThrows(IllegalStateException.class, store::commit);
    }
    store.commit();
    assertTrue(store.rows().get(new byte[] {1}) != null);
  }
}
