package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.BlobId;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.sync.FieldWriter;
import hapax.sync.VersionVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that do not keep to the rules, each with the one line that is said of it. */
@Timeout(60)
class BadPeerTest {
  @TempDir Path folder;
  private TestStore store;
  private TestStore source;

  @BeforeEach
  void open() throws IOException {
    store = new TestStore(folder.resolve("store"));
    source = new TestStore(folder.resolve("source"));
    source.fill("jane", 1, 3, 50_000);
  }

  @AfterEach
  void close() throws IOException {
    store.check().close();
    source.close();
  }

  /** What a peer says. */
  private interface Script {
    void say(FrameWriter out, OutputStream raw, FrameReader in) throws IOException;
  }

  /** What the store says when a peer calls and says all this. */
  private String answerTo(Script script) throws IOException {
    return answerTo(script, SessionOptions.DEFAULT);
  }

  private String answerTo(Script script, SessionOptions options) throws IOException {
    PipeLine.Pair pair = PipeLine.pair();
    Thread peer =
        new Thread(
            () -> {
              try {
                OutputStream raw = pair.one().out();
                FrameWriter out = new FrameWriter(raw);
                script.say(out, raw, new FrameReader(pair.one().in(), "test"));
                raw.close();
                pair.one().in().transferTo(OutputStream.nullOutputStream());
              } catch (IOException torn) {
                return;
              }
            });
    peer.start();
    try {
      return "no objection: " + new Session(store.mail, options).answer(pair.other());
    } catch (IOException said) {
      return String.valueOf(said.getMessage());
    } finally {
      pair.other().tear();
    }
  }

  private Hello hello() throws IOException {
    TreeMap<String, VersionVector> vectors = new TreeMap<>(source.mail.replication().vectors());
    return new Hello(
        7,
        true,
        true,
        Hello.Listed.ALL,
        false,
        Optional.empty(),
        Hello.Digest.of(vectors),
        vectors);
  }

  /** The first batch of the source as a peer would send it, or with something left out. */
  private BatchCutter.Cut batch(boolean records) throws IOException {
    Agreement agreement =
        new Agreement(
            1, true, true, Optional.empty(), source.mail.replication().vectors(), new TreeMap<>());
    try (var reader = source.mail.blobs().reader()) {
      BatchCutter.Cut cut =
          new BatchCutter(
                  source.mail.replication(), reader, agreement, (account, message) -> records)
              .next();
      return Objects.requireNonNull(cut);
    }
  }

  private static ByteBuffer payload(BatchCutter.Cut cut) {
    try (ParcelCodec codec = new ParcelCodec()) {
      return Batch.encode(cut.batch().number(), codec.pack(cut.parcel()));
    }
  }

  @Test
  void newerPeerIsToldApart() throws IOException {
    String said =
        answerTo(
            (out, raw, in) -> {
              byte[] hello = hello().encode().toBytes();
              hello[4] = 2;
              out.write(FrameKind.HELLO, 1, ByteBuffer.wrap(hello));
            });
    assertEquals(
        "the peer speaks version 2 of the talk between stores, this program version 1; the older"
            + " of the two must be renewed",
        said);
  }

  @Test
  void garbageIsRefused() throws IOException {
    assertEquals(
        "line at offset 0: expected a kind of frame, found 83",
        answerTo(
            (out, raw, in) ->
                raw.write("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII))));
    for (int seed = 0; seed < 200; seed++) {
      byte[] garbage = new byte[200];
      new Random(seed).nextBytes(garbage);
      garbage[0] = (byte) (seed % 12);
      assertTrue(answerTo((out, raw, in) -> raw.write(garbage)).startsWith("line"));
    }
  }

  @Test
  void garbageInPlaceOfAnythingDoesNoHarm() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] garbage = new byte[random.nextInt(100)];
      random.nextBytes(garbage);
      FrameKind kind = Objects.requireNonNull(FrameKind.of(1 + random.nextInt(11)));
      answerTo(
          (out, raw, in) -> {
            out.write(FrameKind.HELLO, 1, hello().encode());
            out.write(kind, 3, ByteBuffer.wrap(garbage));
          });
    }
  }

  @Test
  void lengthThatLiesReservesNothing() throws IOException {
    byte[] lie =
        new FieldWriter().octet(FrameKind.HELLO.code).varint(1).varint(200 << 20).toBytes();
    assertEquals("line was cut at offset 6", answerTo((out, raw, in) -> raw.write(lie)));
    byte[] tooLong = new FieldWriter().octet(1).varint(1).varint(300L << 20).toBytes();
    assertTrue(answerTo((out, raw, in) -> raw.write(tooLong)).contains("a length of at most"));
  }

  @Test
  void flippedBitIsNoticed() throws IOException {
    byte[] hello = hello().encode().toBytes();
    String said =
        answerTo(
            (out, raw, in) -> {
              byte[] head =
                  new FieldWriter().octet(1).varint(1).varint(hello.length).raw(hello).toBytes();
              raw.write(head);
              raw.write(new byte[4]);
            });
    assertTrue(said.startsWith("line at offset 0: expected checksum "), said);
  }

  @Test
  void changeWhoseRecordNeverComesIsNotTaken() throws IOException {
    BatchCutter.Cut cut = batch(false);
    String said =
        answerTo(
            (out, raw, in) -> {
              out.write(FrameKind.HELLO, 1, hello().encode());
              out.write(FrameKind.BATCH, 3, payload(cut));
              out.write(FrameKind.DONE, 3, new FieldWriter());
            });
    assertTrue(said.startsWith("the line was cut after "), said);
    assertEquals(List.of(), store.items());
  }

  /** The peer says that this was all, and goes on; so the account stops, and not the session. */
  @Test
  void changeWhoseRecordIsSaidToBeSentAndIsNotStopsItsAccount() throws IOException {
    BatchCutter.Cut cut = batch(false);
    RecordId first = cut.batch().offered().iterator().next();
    assertEquals(
        "account jane stops: message " + first + ": the peer can not read it",
        failureOf(out -> {}, cut));
    assertEquals(List.of(), store.items());
  }

  @Test
  void changeOfANewerFormatEndsTheSession() throws IOException {
    byte[] newer = batch(true).batch().entries().get(0).bytes().clone();
    newer[0] = 2;
    Parcel.Builder parcel = new Parcel.Builder();
    parcel.add(newer);
    try (ParcelCodec codec = new ParcelCodec()) {
      ByteBuffer payload = Batch.encode(1, codec.pack(parcel));
      String said =
          answerTo(
              (out, raw, in) -> {
                out.write(FrameKind.HELLO, 1, hello().encode());
                out.write(FrameKind.BATCH, 3, payload);
              });
      assertEquals(
          "a change is of version 2, this program knows up to 1; a newer version of the program is"
              + " needed",
          said);
    }
  }

  @Test
  void frameOfAKindThatIsNotKnownEndsTheSession() throws IOException {
    byte[] unknown = new FieldWriter().octet(0x20).varint(3).varint(0).fixed64(0).toBytes();
    String said =
        answerTo(
            (out, raw, in) -> {
              out.write(FrameKind.HELLO, 1, hello().encode());
              raw.write(unknown);
            });
    assertTrue(said.endsWith("expected a kind of frame, found 32"), said);
  }

  @Test
  void blobWhoseBytesDoNotMatchItsIdIsNotTaken() throws IOException {
    BatchCutter.Cut cut = batch(true);
    List<BlobId> blobs = List.copyOf(Batch.blobs(cut.batch().records().values()));
    String failure =
        failureOf(
            out -> {
              try (ParcelCodec codec = new ParcelCodec()) {
                for (BlobId blob : blobs) {
                  byte[] other = new byte[50_000];
                  out.write(
                      FrameKind.BLOB, 3, new FieldWriter().raw(blob.toBytes()).varint(50_000));
                  out.write(
                      FrameKind.PIECE, 3, ByteBuffer.wrap(codec.packPiece(other, other.length)));
                }
              }
            },
            cut);
    assertTrue(failure.contains("blob " + blobs.get(0) + ": the peer sent other bytes"), failure);
    assertEquals(List.of(), store.items());
  }

  /** Of each a few kilobytes are on the line. */
  @Test
  void recordsThatTogetherTakeTooMuchMemoryAreRefused() throws IOException {
    BatchCutter.Cut cut = batch(false);
    List<Parcel.Builder> parcels = new ArrayList<>();
    for (RecordId message : cut.batch().offered()) {
      byte[] zeros = new byte[17 << 20];
      Parcel.Builder parcel = new Parcel.Builder();
      parcel.add(
          new StoredRecord(message, 5, List.of(), new byte[0], new byte[0], new byte[0], zeros));
      parcels.add(parcel);
    }
    String said =
        answerTo(
            (out, raw, in) -> {
              out.write(FrameKind.HELLO, 1, hello().encode());
              out.write(FrameKind.BATCH, 3, payload(cut));
              try (ParcelCodec codec = new ParcelCodec()) {
                for (Parcel.Builder parcel : parcels) {
                  out.write(FrameKind.PARCEL, 3, ByteBuffer.wrap(codec.pack(parcel)));
                }
              }
            });
    assertEquals("the peer sends more records than it may at once", said);
    assertEquals(List.of(), store.items());
  }

  /** What fails when a peer sends a batch and then this content. */
  private String failureOf(Content content, BatchCutter.Cut cut) throws IOException {
    PipeLine.Pair pair = PipeLine.pair();
    Thread peer =
        new Thread(
            () -> {
              try (Line line = pair.one()) {
                FrameWriter out = new FrameWriter(line.out());
                out.write(FrameKind.HELLO, 1, hello().encode());
                out.write(FrameKind.BATCH, 3, payload(cut));
                content.write(out);
                out.write(
                    FrameKind.END, 3, new FieldWriter().varint(1).octet(0).varint(0).varint(0));
                out.write(FrameKind.DONE, 3, new FieldWriter());
                out.write(FrameKind.DONE, 3, new FieldWriter());
                line.in().transferTo(OutputStream.nullOutputStream());
              } catch (IOException torn) {
                return;
              }
            });
    peer.start();
    SessionReport report = new Session(store.mail, SessionOptions.DEFAULT).answer(pair.other());
    pair.other().tear();
    return String.join("\n", report.failures());
  }

  private interface Content {
    void write(FrameWriter out) throws IOException;
  }

  @Test
  void recordThatMakesAnotherMessageIsNotTaken() throws IOException {
    BatchCutter.Cut cut = batch(true);
    Parcel.Builder parcel = new Parcel.Builder();
    cut.batch().entries().forEach(entry -> parcel.add(entry.bytes()));
    for (StoredRecord record : cut.batch().records().values()) {
      byte[] body = record.body().clone();
      body[0] ^= 1;
      parcel.add(
          new StoredRecord(
              record.id(),
              record.length(),
              record.blobs(),
              record.summary(),
              record.plan(),
              record.head(),
              body));
    }
    RecordId first = cut.batch().records().keySet().iterator().next();
    String failure =
        failureOf(
            out -> {
              try (var reader = source.mail.blobs().reader()) {
                for (BlobId blob : Batch.blobs(cut.batch().records().values())) {
                  out.write(
                      FrameKind.BLOB, 3, new FieldWriter().raw(blob.toBytes()).varint(50_000));
                  reader.copyPacked(blob, 50_000, piece -> out.write(FrameKind.PIECE, 3, piece));
                }
              }
            },
            new BatchCutter.Cut(cut.batch(), parcel, 0));
    assertTrue(failure.contains("of this digest"), failure + first);
    assertEquals(List.of(), store.items());
  }

  @Test
  void askingForWhatWasNotOfferedIsRefused() throws IOException {
    source.sync(store);
    BitSet wanted = new BitSet();
    wanted.set(999);
    String said =
        saidToReceiver(out -> out.write(FrameKind.WANT, 3, new Positions(1, 0, wanted).encode()));
    assertTrue(said.contains("the peer asked for number 999 of the"), said);
    assertEquals(
        "the peer speaks of batch 77, which is not on its way",
        saidToReceiver(out -> out.write(FrameKind.WANT, 3, new Positions(77, 0, wanted).encode())));
  }

  /** What is said to a peer that has nothing and answers the first batch like this. */
  private String saidToReceiver(Content answer) throws IOException {
    Hello nothing =
        new Hello(
            7,
            true,
            true,
            Hello.Listed.ALL,
            false,
            Optional.empty(),
            Hello.Digest.of(new TreeMap<>()),
            new TreeMap<>());
    return answerTo(
        (out, raw, in) -> {
          out.write(FrameKind.HELLO, 1, nothing.encode());
          awaitBatch(in);
          answer.write(out);
        });
  }

  private static void want(FrameWriter out, int stage, int things) throws IOException {
    BitSet wanted = new BitSet();
    wanted.set(0, things);
    out.write(FrameKind.WANT, 3, new Positions(1, stage, wanted).encode());
  }

  /** Who asks twice would get content twice, and a batch before its time. */
  @Test
  void askingWhenItIsNotDueIsRefused() throws IOException {
    source.sync(store);
    String first = "the peer asked in stage 0 for content of batch 1, which is not due";
    String second = "the peer asked in stage 1 for content of batch 1, which is not due";
    for (int things : List.of(0, 3)) {
      assertEquals(
          first,
          saidToReceiver(
              out -> {
                want(out, 0, things);
                want(out, 0, 1);
              }));
    }
    assertEquals(second, saidToReceiver(out -> want(out, 1, 0)));
    assertEquals(
        second,
        saidToReceiver(
            out -> {
              want(out, 0, 0);
              want(out, 1, 0);
            }));
  }

  @Test
  void acknowledgingWhatHasNotComeIsRefused() throws IOException {
    source.sync(store);
    Ack ack = new Ack(1, new TreeMap<>());
    assertEquals(
        "the peer acknowledged batch 1 before it had all that it wants of it",
        saidToReceiver(out -> out.write(FrameKind.ACK, 3, ack.encode())));
  }

  /** What is said to a peer that sends a batch whose content comes unasked, and then this. */
  private String saidToFull(Content content, SessionOptions options) throws IOException {
    BatchCutter.Cut cut = batch(true);
    ByteBuffer payload = payload(cut);
    return answerTo(
        (out, raw, in) -> {
          out.write(FrameKind.HELLO, 1, hello().encode());
          out.write(FrameKind.FULL_BATCH, 3, payload);
          content.write(out);
        },
        options);
  }

  private void blob(FrameWriter out, BlobId id) throws IOException {
    out.write(FrameKind.BLOB, 3, new FieldWriter().raw(id.toBytes()).varint(50_000));
    try (var reader = source.mail.blobs().reader()) {
      reader.copyPacked(id, 50_000, piece -> out.write(FrameKind.PIECE, 3, piece));
    }
  }

  /** Only who may have everything is sent content unasked. */
  @Test
  void contentThatComesUnaskedIntoASessionOfSomeAccountsIsRefused() throws IOException {
    assertEquals(
        "the peer sends content unasked",
        saidToFull(out -> {}, SessionOptions.DEFAULT.limitedTo(List.of("jane"))));
  }

  @Test
  void contentOfAFullBatchIsTakenOnceAndOnlyIfTheBatchSpeaksOfIt() throws IOException {
    source.fill("john", 70, 1, 50_000);
    List<BlobId> blobs = List.copyOf(Batch.blobs(batch(true).batch().records().values()));
    String twice =
        saidToFull(
            out -> {
              blob(out, blobs.get(0));
              blob(out, blobs.get(0));
            },
            SessionOptions.DEFAULT);
    assertTrue(twice.endsWith("expected what was asked for, found " + blobs.get(0)), twice);
    BlobId other = BlobId.of(new byte[32]);
    String unheard =
        saidToFull(
            out ->
                out.write(FrameKind.BLOB, 3, new FieldWriter().raw(other.toBytes()).varint(50_000)),
            SessionOptions.DEFAULT);
    assertTrue(unheard.endsWith("expected what was asked for, found " + other), unheard);
    assertEquals(1, store.items().size(), "of which all content came");
  }

  /** What is asked for by nobody need not be better than what is there. */
  @Test
  void contentThatIsOwnedAndComesDamagedAllTheSameStopsNothing() throws IOException {
    List<BlobId> blobs = List.copyOf(Batch.blobs(batch(true).batch().records().values()));
    for (BlobId blob : blobs) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      try (var reader = source.mail.blobs().reader();
          var unit = store.mail.blobs().intake()) {
        reader.copyBlob(blob, 50_000, content);
        unit.putBlob(blob, 50_000, hapax.blob.Content.of(content.toByteArray()));
      }
    }
    store.mail.commit();
    String said =
        saidToFull(
            out -> {
              out.write(
                  FrameKind.BLOB, 3, new FieldWriter().raw(blobs.get(0).toBytes()).varint(50_000));
              out.write(FrameKind.PIECE, 3, ByteBuffer.allocate(0));
              out.write(FrameKind.END, 3, new FieldWriter().varint(1).octet(0).varint(0).varint(0));
              out.write(FrameKind.DONE, 3, new FieldWriter());
              out.write(FrameKind.DONE, 3, new FieldWriter());
            },
            SessionOptions.DEFAULT);
    assertTrue(said.contains("failures=[]"), said);
    assertEquals(3, store.items().size());
  }

  @Test
  void smallBlobsBesideAWrongOneAreTaken() throws IOException {
    source.fill("amy", 50, 3, 3_000);
    BatchCutter.Cut cut = batch(true);
    Parcel.Builder parcel = new Parcel.Builder();
    List<BlobId> small = new ArrayList<>();
    try (var reader = source.mail.blobs().reader()) {
      for (BlobId blob : Batch.blobs(cut.batch().records().values())) {
        long length = source.mail.blobs().ownership().length(blob).orElseThrow();
        if (length < 32 << 10) {
          ByteArrayOutputStream content = new ByteArrayOutputStream();
          reader.copyBlob(blob, length, content);
          byte[] bytes = content.toByteArray();
          bytes[0] ^= (byte) (small.size() == 1 ? 1 : 0);
          small.add(blob);
          parcel.add(blob, bytes);
        }
      }
    }
    assertEquals(3, small.size());
    String failure =
        failureOf(
            out -> {
              try (ParcelCodec codec = new ParcelCodec()) {
                out.write(FrameKind.PARCEL, 3, ByteBuffer.wrap(codec.pack(parcel)));
              }
            },
            cut);
    assertTrue(failure.contains("blob " + small.get(1) + ": the peer sent other"), failure);
    for (int i = 0; i < 3; i++) {
      boolean kept = store.mail.blobs().ownership().length(small.get(i)).isPresent();
      assertEquals(i != 1, kept, "blob " + i);
    }
  }

  @Test
  void batchBeforeTheEndOfAFullOneIsRefused() throws IOException {
    ByteBuffer next;
    try (ParcelCodec codec = new ParcelCodec()) {
      next = Batch.encode(2, codec.pack(batch(true).parcel()));
    }
    assertEquals(
        "the peer sends batch 2 before all of the one before came",
        saidToFull(
            out -> out.write(FrameKind.FULL_BATCH, 3, next.duplicate()), SessionOptions.DEFAULT));
  }

  /** The peer has said that all came. */
  @Test
  void contentThatAFullBatchLacksStopsItsAccount() throws IOException {
    List<BlobId> blobs = List.copyOf(Batch.blobs(batch(true).batch().records().values()));
    String said =
        saidToFull(
            out -> {
              blob(out, blobs.get(0));
              out.write(FrameKind.END, 3, new FieldWriter().varint(1).octet(0).varint(0).varint(0));
              out.write(FrameKind.DONE, 3, new FieldWriter());
              out.write(FrameKind.DONE, 3, new FieldWriter());
            },
            SessionOptions.DEFAULT);
    assertTrue(said.contains("blob " + blobs.get(1) + ": the peer can not read it"), said);
    assertEquals(1, store.items().size());
  }

  /** So a line that is torn repeats one batch, whoever sends. */
  @Test
  void batchBeforeAllOfTheOneBeforeCameIsRefused() throws IOException {
    BatchCutter.Cut cut = batch(true);
    try (ParcelCodec codec = new ParcelCodec()) {
      ByteBuffer next = Batch.encode(2, codec.pack(cut.parcel()));
      assertEquals(
          "the peer sends batch 2 before all of the one before came",
          answerTo(
              (out, raw, in) -> {
                out.write(FrameKind.HELLO, 1, hello().encode());
                out.write(FrameKind.BATCH, 3, payload(cut));
                out.write(FrameKind.BATCH, 3, next);
              }));
    }
  }

  private static void awaitBatch(FrameReader in) throws IOException {
    Frame frame = in.next();
    while (frame != null && frame.kind() != FrameKind.BATCH) {
      frame = in.next();
    }
  }

  @Test
  void changesOfAWrongClockAreLeftUntilTheirTimeComes() throws IOException {
    TestStore ahead =
        new TestStore(folder.resolve("ahead"), () -> Instant.now().plus(Duration.ofDays(365)));
    ahead.fill("jane", 7, 1, 0);
    TestStore.Reports reports = ahead.sync(store);
    assertTrue(
        reports.answerer().failures().get(0).contains("ahead of the clock here"),
        reports.answerer().failures() + "");
    assertEquals(List.of(), store.items());
    ahead.close();
  }
}
