package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.BlobId;
import hapax.blob.PackedGroup;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.SweepMargins;
import hapax.reconstruct.Deliverer;
import hapax.reconstruct.MessageInput;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that has nothing is handed whole groups, as they lie in the packs. */
@Timeout(120)
class WholeGroupTest {
  @TempDir Path folder;
  private final Instant[] now = {Instant.now().minusSeconds(3600)};
  private TestStore source;
  private TestStore target;

  @BeforeEach
  void open() throws IOException {
    source = new TestStore(folder.resolve("source"), () -> now[0]);
    target = new TestStore(folder.resolve("target"));
  }

  @AfterEach
  void close() throws IOException {
    source.check().close();
    target.check().close();
  }

  /** What is sent to a store that has nothing. */
  private List<BatchCutter.Cut> cuts() throws IOException {
    Agreement agreement =
        new Agreement(
            1, true, true, Optional.empty(), source.mail.replication().vectors(), new TreeMap<>());
    BatchCutter.RecordChoice all =
        new BatchCutter.RecordChoice() {
          @Override
          public boolean goesAlong(String account, RecordId message) {
            return true;
          }

          @Override
          public boolean goesWhole() {
            return true;
          }
        };
    List<BatchCutter.Cut> cuts = new ArrayList<>();
    try (StoreReader reader = source.mail.blobs().reader()) {
      BatchCutter cutter = new BatchCutter(source.mail.replication(), reader, agreement, all);
      for (BatchCutter.Cut cut = cutter.next(); cut != null; cut = cutter.next()) {
        cuts.add(cut);
      }
    }
    return cuts;
  }

  private static boolean isWhole(BatchCutter.Cut cut) {
    return cut.parcel() instanceof PackedGroup;
  }

  private void syncAll() throws IOException {
    TestStore.Reports reports = source.sync(target);
    assertEquals(List.of(), reports.answerer().failures());
    assertEquals(source.text(), target.text());
  }

  /** The bytes of a store's packs, each as a character. */
  private static String packs(TestStore store) throws IOException {
    StringBuilder bytes = new StringBuilder();
    try (Stream<Path> files = Files.walk(store.folder)) {
      for (Path pack : files.filter(file -> file.toString().endsWith(".pack")).toList()) {
        bytes.append(Files.readString(pack, StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toString();
  }

  /** Length of what stands before the payload: a byte, and a number of seven bits a byte. */
  private static int headOf(byte[] packed) {
    int head = 1;
    while (packed[head] < 0) {
      head++;
    }
    return head + 1;
  }

  @Test
  void groupsShouldGoAndBeKeptAsTheyLie() throws IOException {
    source.fill("jane", 1, 300, 9_000);
    source.fill("john", 1000, 100, 9_000);
    List<BatchCutter.Cut> whole = cuts().stream().filter(WholeGroupTest::isWhole).toList();
    assertTrue(whole.size() >= 2, whole.size() + " whole groups");
    syncAll();
    String packs = packs(target);
    try (ParcelCodec codec = new ParcelCodec()) {
      for (BatchCutter.Cut cut : whole) {
        byte[] packed = codec.pack(cut.parcel());
        byte[] payload = Arrays.copyOfRange(packed, headOf(packed), packed.length);
        boolean kept = packs.contains(new String(payload, StandardCharsets.ISO_8859_1));
        PackedGroup group = (PackedGroup) cut.parcel();
        assertEquals(group.length() >= 256 << 10, kept, "group of " + group.length() + " bytes");
      }
    }
  }

  @Test
  void changesShouldGoOnceAndInTheirOrderWhetherWholeOrNot() throws IOException {
    source.fill("jane", 1, 40, 3_000);
    source.fill("john", 100, 3, 3_000);
    source.fill("jane", 200, 40, 3_000);
    // Peer notes are entries of the log, too, which nobody is told of.
    source.sync(new TestStore(folder.resolve("third"), target.mail));
    source.fill("jane", 300, 40, 3_000);
    List<String> order = new ArrayList<>();
    cuts().forEach(cut -> cut.batch().entries().forEach(entry -> order.add(entry.account())));
    assertEquals(
        source.mail.replication().vectors().values().stream()
            .mapToLong(vector -> VersionVector.NOTHING.missing(vector))
            .sum(),
        order.size());
    syncAll();
  }

  @Test
  void aGroupWithMuchThatNobodyNeedsShouldNotGoWhole() throws IOException {
    List<ItemId> gone = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ItemId item = source.deliver("jane", "INBOX", TestStore.message(i, i, 3_000));
      if (i % 2 == 0) {
        gone.add(item);
      }
    }
    source.mail.commit();
    List<RecordId> forgotten = new ArrayList<>();
    for (ItemId item : gone) {
      source.items().stream()
          .filter(each -> each.id().equals(item))
          .forEach(each -> forgotten.add(each.message()));
      try (var unit = source.mail.blobs().intake()) {
        source.mail.openAccount("jane").expunge(unit, item);
      }
    }
    source.mail.commit();
    assertEquals(20, forgotten.size());
    now[0] = now[0].plusSeconds(30);
    source.fill("jane", 500, 3, 3_000);
    source.mail.forgetExpungedBefore(now[0]);
    syncAll();
    for (RecordId message : forgotten) {
      assertFalse(target.mail.blobs().hasRecord(message));
    }
  }

  @Test
  void recordsThatLieElsewhereShouldNotMakeABatchLongerThanOthers() throws IOException {
    for (int i = 0; i < 600; i++) {
      source.deliver("jane", "INBOX", TestStore.message(i, i, 4_000));
    }
    source.mail.commit();
    for (ItemId item : source.items().stream().map(each -> each.id()).limit(300).toList()) {
      try (var unit = source.mail.blobs().intake()) {
        source.mail.openAccount("jane").expunge(unit, item);
      }
    }
    now[0] = now[0].plusSeconds(30);
    source.fill("jane", 5000, 3, 3_000);
    source.mail.forgetExpungedBefore(now[0]);
    source.mail.blobs().sweep(source.mail.blobs().planSweep(SweepMargins.NOW));
    for (BatchCutter.Cut cut : cuts()) {
      assertTrue(isWhole(cut) || cut.weight() < 2 * BatchCutter.FULL, cut.weight() + "");
    }
    syncAll();
  }

  @Test
  void aDamagedGroupShouldStopOnlyWhatNeedsIt() throws IOException {
    source.fill("jane", 1, 60, 3_000);
    source.fill("john", 1000, 60, 3_000);
    source.close();
    Path pack;
    try (Stream<Path> files = Files.walk(source.folder)) {
      pack = files.filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
    }
    long place = Files.size(pack) / 4;
    flip(pack, place);
    source = new TestStore(source.folder, () -> now[0]);
    TestStore.Reports reports = source.sync(target);
    assertFalse(reports.caller().failures().isEmpty() && reports.answerer().failures().isEmpty());
    target.check();
    source.close();
    flip(pack, place);
    source = new TestStore(source.folder, () -> now[0]);
    syncAll();
  }

  private static void flip(Path file, long place) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(place);
      int was = bytes.read();
      bytes.seek(place);
      bytes.write(was ^ 1);
    }
  }

  /** Stores a message that no item holds. */
  private RecordId loose(int number) throws IOException {
    byte[] message = TestStore.message(number, number, 3_000);
    RecordId[] id = new RecordId[1];
    try (Deliverer deliverer = new Deliverer(source.mail.blobs())) {
      deliverer.deliver(
          new MessageInput.Bytes(message, message.length),
          (unit, delivered) -> id[0] = delivered.message());
    }
    return id[0];
  }

  @Test
  void aGroupWithMuchThatNoItemHoldsShouldNotGoWhole() throws IOException {
    for (int few : List.of(3, 20)) {
      for (int i = 0; i < 100; i++) {
        source.deliver("jane", "INBOX", TestStore.message(1000 * few + i, 1000 * few + i, 3_000));
        if (i < few) {
          loose(50_000 + 1000 * few + i);
        }
      }
      source.mail.commit();
    }
    List<BatchCutter.Cut> cuts = cuts();
    assertEquals(1, cuts.stream().filter(WholeGroupTest::isWhole).count());
    syncAll();
  }

  /** What lies beside one's changes in a group is not for who may have these only. */
  @Test
  void aSessionOfOneAccountShouldNotHandOnWhatLiesBeside() throws IOException {
    RecordId secret = null;
    for (int i = 0; i < 100; i++) {
      source.deliver("jane", "INBOX", TestStore.message(i, i, 3_000));
      secret = i == 50 ? loose(777) : secret;
    }
    source.mail.commit();
    source.deliver("john", "INBOX", TestStore.message(777, 777, 3_000));
    source.mail.commit();
    SessionOptions jane = SessionOptions.DEFAULT.limitedTo(List.of("jane"));
    source.sync(target, jane, SessionOptions.DEFAULT);
    assertEquals(100, target.items().size());
    assertFalse(target.mail.blobs().hasRecord(Objects.requireNonNull(secret)));
  }

  /** Mail that comes message by message, each made durable, lies in many small groups. */
  @Test
  void smallGroupsShouldGoTogether() throws IOException {
    for (int i = 0; i < 300; i++) {
      source.fill("jane", i, 1, 0);
    }
    assertTrue(cuts().size() < 5, cuts().size() + " batches");
    syncAll();
  }

  @Test
  void groupsAfterOneThatDoesNotGoWholeShouldGoWhole() throws IOException {
    ItemId first = source.deliver("jane", "INBOX", TestStore.message(0, 0, 3_000));
    for (int group = 0; group < 8; group++) {
      source.fill("jane", 1 + 100 * group, 100, 4_000);
    }
    try (var unit = source.mail.blobs().intake()) {
      source.mail.openAccount("jane").expunge(unit, first);
    }
    now[0] = now[0].plusSeconds(30);
    source.fill("jane", 5000, 3, 3_000);
    source.mail.forgetExpungedBefore(now[0]);
    long whole = cuts().stream().filter(WholeGroupTest::isWhole).count();
    assertTrue(whole >= 4, whole + " whole groups of 8");
    syncAll();
  }

  @Test
  void aGroupWhoseRecordsLieElsewhereShouldNotGoWhole() throws IOException {
    for (int i = 0; i < 4000; i++) {
      source.deliver("jane", "INBOX", TestStore.message(i % 200, 1, 0));
    }
    source.mail.commit();
    for (int i = 0; i < 4000; i++) {
      source.deliver("john", "INBOX", TestStore.message(i % 200, 1, 0));
    }
    source.mail.commit();
    Set<RecordId> sent = new HashSet<>();
    for (BatchCutter.Cut cut : cuts()) {
      sent.addAll(cut.batch().records().keySet());
      assertTrue(!isWhole(cut) || sent.containsAll(cut.batch().offered()));
    }
    syncAll();
  }

  @Test
  void wrongContentBesideTheChangesShouldNotBeTaken() throws IOException {
    source.fill("jane", 1, 100, 4_000);
    BatchCutter.Cut cut = cuts().get(0);
    assertTrue(isWhole(cut));
    Parcel.Builder wrong = new Parcel.Builder();
    BlobId bad;
    try (ParcelCodec codec = new ParcelCodec()) {
      Parcel parcel = codec.unpack(ByteBuffer.wrap(codec.pack(cut.parcel())), 8 << 20, "test");
      bad = parcel.blobs().keySet().iterator().next();
      for (Map.Entry<BlobId, byte[]> blob : parcel.blobs().entrySet()) {
        byte[] content = blob.getValue().clone();
        content[0] ^= (byte) (blob.getKey().equals(bad) ? 1 : 0);
        wrong.add(blob.getKey(), content);
      }
      parcel.records().forEach(wrong::add);
      parcel.logEntries().forEach(wrong::add);
      ByteBuffer batch = Batch.encode(1, codec.pack(wrong));
      sendAndTear(batch);
    }
    assertTrue(target.mail.blobs().ownership().length(bad).isEmpty());
    for (Item item : target.items()) {
      assertFalse(
          cut.batch().records().get(item.message()).blobs().contains(bad), "item of bad content");
    }
    syncAll();
  }

  /** Says hello to the target, sends a batch, waits until something is wanted, and is gone. */
  private void sendAndTear(ByteBuffer batch) throws IOException {
    PipeLine.Pair pair = PipeLine.pair();
    Thread peer =
        new Thread(
            () -> {
              try (Line line = pair.one()) {
                FrameWriter out = new FrameWriter(line.out());
                Hello hello = source.hello();
                out.write(FrameKind.HELLO, 1, hello.encode());
                out.write(FrameKind.BATCH, 3, batch);
                FrameReader in = new FrameReader(line.in(), "test");
                Frame said = in.next();
                while (said != null && said.kind() != FrameKind.WANT) {
                  said = in.next();
                }
              } catch (IOException torn) {
                return;
              }
            });
    peer.start();
    assertThrows(
        IOException.class,
        () -> new Session(target.mail, SessionOptions.DEFAULT).answer(pair.other()));
  }
}
