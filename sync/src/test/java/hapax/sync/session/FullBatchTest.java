package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.BlobId;
import hapax.blob.Content;
import hapax.blob.RecordId;
import hapax.sync.ItemId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that had nothing need ask once; then content comes by itself. */
@Timeout(120)
class FullBatchTest {
  @TempDir Path folder;
  private TestStore source;
  private TestStore target;

  @BeforeEach
  void open() throws IOException {
    source = new TestStore(folder.resolve("source"));
    target = new TestStore(folder.resolve("target"));
  }

  @AfterEach
  void close() throws IOException {
    source.check().close();
    target.check().close();
  }

  /** Groups of many messages, of which some share attachments, and a few long ones. */
  private void fill() throws IOException {
    for (int group = 0; group < 6; group++) {
      for (int i = 0; i < 100; i++) {
        int number = 1000 * group + i;
        int attachment = i % 20 == 0 ? i : number;
        int bytes = i % 20 == 0 ? 50_000 : 5_000;
        byte[] message = TestStore.message(number, attachment, bytes);
        source.deliver("jane" + i % 3, "INBOX", message);
      }
      if (group > 0) {
        // What came with a batch before.
        source.deliver(
            "tom", "INBOX", TestStore.message(1000 * group - 990, 1000 * group - 990, 5_000));
      }
      source.mail.commit();
    }
  }

  /** What passed over both ends of a line. */
  private record Taps(TappedLine near, TappedLine far) {}

  private Taps sync(SessionOptions far) throws IOException {
    PipeLine.Pair pair = PipeLine.pair();
    Taps taps = new Taps(new TappedLine(pair.one()), new TappedLine(pair.other()));
    TestStore.Reports reports =
        source.sync(target, SessionOptions.DEFAULT, far, taps.near(), taps.far());
    assertEquals(List.of(), reports.caller().failures());
    assertEquals(List.of(), reports.answerer().failures());
    return taps;
  }

  private List<BlobId> blobs() throws IOException {
    Set<BlobId> blobs = new HashSet<>();
    try (var reader = source.mail.blobs().reader()) {
      for (RecordId message : source.items().stream().map(each -> each.message()).toList()) {
        blobs.addAll(reader.record(message).orElseThrow().blobs());
      }
    }
    return List.copyOf(blobs);
  }

  @Test
  void aStoreThatHasNothingShouldAskOnceAndGetEverythingOnce() throws IOException {
    fill();
    Taps taps = sync(SessionOptions.DEFAULT);
    assertEquals(1, taps.far().count(FrameKind.WANT));
    assertTrue(taps.near().count(FrameKind.FULL_BATCH) > 3);
    long large = blobs().stream().filter(this::isLarge).count();
    assertEquals(large, taps.near().count(FrameKind.BLOB));
    List<RecordId> records = new ArrayList<>();
    taps.near().batches().forEach(batch -> records.addAll(batch.records()));
    assertEquals(600, records.size());
    assertEquals(600, Set.copyOf(records).size());
    assertEquals(source.text(), target.text());
  }

  private boolean isLarge(BlobId blob) {
    try {
      OptionalLong length = source.mail.blobs().ownership().length(blob);
      return length.orElseThrow() >= 32 << 10;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Left by a session that was torn: who foresees can not know of it. */
  @Test
  void contentThatIsThereAlreadyShouldDoNoHarm() throws IOException {
    fill();
    Set<BlobId> before = Set.copyOf(blobs());
    source.fill("zoe", 90_000, 30, 50_000);
    keepInTarget(blobs().stream().filter(each -> !before.contains(each)).toList());
    Taps taps = sync(SessionOptions.DEFAULT);
    assertEquals(1, taps.far().count(FrameKind.WANT));
    assertEquals(source.text(), target.text());
  }

  @Test
  void onceAStoreHasSomethingItShouldAsk() throws IOException {
    fill();
    sync(SessionOptions.DEFAULT);
    source.fill("jane0", 70_000, 50, 50_000);
    Taps taps = sync(SessionOptions.DEFAULT);
    assertEquals(0, taps.near().count(FrameKind.FULL_BATCH));
    assertEquals(source.text(), target.text());
  }

  @Test
  void aSessionOfSomeAccountsShouldAsk() throws IOException {
    fill();
    Taps taps = sync(SessionOptions.DEFAULT.limitedTo(List.of("jane0", "jane1")));
    assertEquals(0, taps.near().count(FrameKind.FULL_BATCH));
    assertEquals(2, target.mail.accounts().size());
  }

  /** Both have nothing of the other's, but neither has nothing. */
  @Test
  void twoStoresThatHaveSomethingShouldAsk() throws IOException {
    fill();
    target.fill("eve", 90_000, 100, 5_000);
    Taps taps = sync(SessionOptions.DEFAULT);
    assertEquals(0, taps.near().count(FrameKind.FULL_BATCH));
    assertEquals(source.text(), target.text());
  }

  /** A message that was attached to another is a blob with the name of a message. */
  @Test
  void aMessageAndTheSameAsAnAttachmentShouldBothCome() throws IOException {
    fill();
    byte[] message = TestStore.message(70_000, 70_000, 50_000);
    StringBuilder forward = new StringBuilder("Subject: see\r\nMIME-Version: 1.0\r\n");
    forward.append("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n");
    forward.append("Content-Type: application/octet-stream; name=\"a.eml\"\r\n");
    forward.append("Content-Transfer-Encoding: base64\r\n\r\n");
    forward.append(Base64.getMimeEncoder().encodeToString(message)).append("\r\n--b--\r\n");
    source.deliver("jane", "INBOX", message);
    source.deliver("jane", "INBOX", forward.toString().getBytes(StandardCharsets.US_ASCII));
    source.mail.commit();
    sync(SessionOptions.DEFAULT);
    assertEquals(source.text(), target.text());
  }

  /** A batch of which nothing is foreseen proves nothing. */
  @Test
  void contentThatIsAllThereShouldNotGoUnasked() throws IOException {
    for (int group = 0; group < 4; group++) {
      for (int i = 0; i < 100; i++) {
        int number = 1000 * group + i;
        int bytes = group > 0 && i % 10 == 0 ? 50_000 : 5_000;
        source.deliver("jane", "INBOX", TestStore.message(number, number, bytes));
      }
      source.mail.commit();
    }
    keepInTarget(blobs());
    Taps taps = sync(SessionOptions.DEFAULT);
    assertEquals(0, taps.near().count(FrameKind.BLOB));
    assertEquals(source.text(), target.text());
  }

  private void keepInTarget(List<BlobId> blobs) throws IOException {
    try (var reader = source.mail.blobs().reader();
        var unit = target.mail.blobs().intake()) {
      for (BlobId blob : blobs) {
        long length = source.mail.blobs().ownership().length(blob).orElseThrow();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        reader.copyBlob(blob, length, content);
        unit.putBlob(blob, length, Content.of(content.toByteArray()));
      }
    }
    target.mail.commit();
  }

  /** What is gone here is told as gone, asked for or not. */
  @Test
  void messagesThatAreGoneShouldBeToldOfFullBatchesToo() throws IOException {
    List<ItemId> items = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      items.add(source.deliver("jane", "INBOX", TestStore.message(i, i, 5_000)));
    }
    source.mail.commit();
    for (int i = 800; i < 805; i++) {
      try (var unit = source.mail.blobs().intake()) {
        source.mail.openAccount("jane").expunge(unit, items.get(i));
      }
    }
    source.mail.commit();
    source.mail.forgetExpungedBefore(Instant.now().plusSeconds(60));
    Taps taps = sync(SessionOptions.DEFAULT);
    assertTrue(taps.near().count(FrameKind.FULL_BATCH) > 0);
    assertEquals(source.text(), target.text());
  }

  @Test
  void whatWasHeardOfShouldNotBeForeseenAgain() {
    Foresight foresight = new Foresight(true);
    Random random = new Random(5);
    List<BlobId> ids = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      byte[] id = new byte[32];
      random.nextBytes(id);
      ids.add(BlobId.of(id));
    }
    ids.set(7, BlobId.of(ByteBuffer.allocate(32).array()));
    BitSet all = new BitSet();
    all.set(0, ids.size());
    assertEquals(all, foresight.unheard(List.of(), ids));
    assertEquals(new BitSet(), foresight.unheard(List.of(), ids));
    byte[] another = new byte[32];
    random.nextBytes(another);
    ids.add(BlobId.of(another));
    BitSet last = new BitSet();
    last.set(50_000);
    assertEquals(last, foresight.unheard(List.of(), ids));
    List<RecordId> messages = ids.stream().map(id -> RecordId.of(id.toBytes())).toList();
    assertEquals(ids.size(), foresight.unheard(messages, List.of()).cardinality());
  }
}
