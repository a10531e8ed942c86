package hapax.sync.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.StoreReader;
import hapax.sync.VersionVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutboxTest {
  private static final Rest NOTHING =
      new Rest() {
        @Override
        public boolean isNeeded(boolean knewTheSame) {
          return false;
        }

        @Override
        public void begin(Map<String, VersionVector> acknowledged) {
          throw new AssertionError("nothing is needed");
        }
      };

  @TempDir Path folder;
  private TestStore store;

  @BeforeEach
  void open() throws IOException {
    store = new TestStore(folder.resolve("store"));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  /** What a store sends to a peer that has nothing. */
  private final class Sending implements Closeable {
    final Outbox outbox;
    private final StoreReader reader = store.mail.blobs().reader();
    private final ParcelCodec codec = new ParcelCodec();
    private final BatchCutter cutter;
    private final ContentSender content;
    private final Thread writer = new Thread(this::run);

    Sending(OutputStream line, boolean records) throws IOException {
      this(line, records, false);
    }

    Sending(OutputStream line, boolean records, boolean foresees) throws IOException {
      outbox = new Outbox(new FrameWriter(line), codec, new Turns(), new Foresight(foresees));
      Agreement agreement =
          new Agreement(
              1, true, true, Optional.empty(), store.mail.replication().vectors(), new TreeMap<>());
      cutter =
          new BatchCutter(
              store.mail.replication(), reader, agreement, (account, message) -> records);
      content =
          new ContentSender(
              reader,
              store.mail.blobs().ownership(),
              store.mail.replication().owners(Set.of("jane")),
              codec,
              outbox::content);
    }

    /** Writes on this thread, until the outbox is closed. */
    void run(boolean batches) throws IOException {
      outbox.run(batches ? cutter : null, content, NOTHING);
    }

    private void run() {
      try {
        run(true);
      } catch (IOException failed) {
        throw new AssertionError(failed);
      }
    }

    /** Writes on a thread of its own. */
    Sending start() {
      writer.start();
      return this;
    }

    /** Lets the writer write all that it may. */
    void awaitRest() {
      await().until(() -> writer.getState() == Thread.State.WAITING);
    }

    /** The peer wants the first so many things that are offered. */
    void want(long batch, int stage, int things) throws IOException {
      BitSet wanted = new BitSet();
      wanted.set(0, things);
      outbox.wanted(new Positions(batch, stage, wanted));
      awaitRest();
    }

    /** The peer wants all blobs of the last batch that was written. */
    void wantAll(long batch, ByteArrayOutputStream line) throws IOException {
      want(batch, 0, blobsOfTheLast(line));
    }

    @Override
    public void close() {
      outbox.close();
      try {
        writer.join();
      } catch (InterruptedException stop) {
        throw new AssertionError(stop);
      }
      reader.close();
      codec.close();
    }
  }

  /** The frames that were written, a word each. */
  private static String said(ByteArrayOutputStream line) throws IOException {
    FrameReader frames = new FrameReader(new ByteArrayInputStream(line.toByteArray()), "test");
    List<String> said = new ArrayList<>();
    for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
      said.add(frame.kind() + "");
    }
    return String.join(" ", said);
  }

  private static int blobsOfTheLast(ByteArrayOutputStream line) throws IOException {
    FrameReader frames = new FrameReader(new ByteArrayInputStream(line.toByteArray()), "test");
    int blobs = 0;
    try (ParcelCodec codec = new ParcelCodec()) {
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        if (frame.kind() == FrameKind.BATCH) {
          frame.fields().varint("number", 1, 9);
          Parcel parcel = codec.unpack(frame.fields().rest(), FrameReader.MAX_PAYLOAD, "test");
          blobs = Batch.blobs(parcel.records()).size();
        }
      }
    }
    return blobs;
  }

  /** Else both sides could wait for a frame when neither has more to say than its writer will. */
  @Test
  void itIsNotThePeerThatIsWaitedForWhileItsOwnWriterHasToSayThatThereIsNoMore() throws Exception {
    assertTrue(throughAfter(false));
  }

  /** Else who said its last before a first batch was cut would ask for content in vain. */
  @Test
  void thePeerIsWaitedForAsSoonAsABatchIsOnItsWay() throws Exception {
    assertFalse(throughAfter(true));
  }

  /** What is answered to who asked, before the writer ran, whether the peer has everything. */
  private boolean throughAfter(boolean batch) throws Exception {
    store.fill("jane", 0, 300, 16_000);
    CompletableFuture<Boolean> through = new CompletableFuture<>();
    try (Sending sending = new Sending(OutputStream.nullOutputStream(), false)) {
      Outbox outbox = sending.outbox;
      Thread asking =
          new Thread(
              () -> {
                try {
                  through.complete(outbox.isThrough());
                } catch (IOException interrupted) {
                  through.completeExceptionally(interrupted);
                }
                outbox.close();
              });
      asking.start();
      await().until(() -> asking.getState() == Thread.State.WAITING);
      outbox.peerIsDurable(0);
      sending.run(batch);
    }
    return through.join();
  }

  /** What is wanted of the first is just what was foreseen. */
  @Test
  void contentShouldGoUnaskedOnceThePeerWantedAllOfABatch() throws IOException {
    store.fill("jane", 0, 1000, 6_000);
    store.fill("jane", 1000, 20, 40_000);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (Sending sending = new Sending(line, true, true).start()) {
      sending.awaitRest();
      assertEquals("BATCH", said(line));
      sending.wantAll(1, line);
      String rest = said(line).replaceFirst("^BATCH (PARCEL )+END ", "");
      assertTrue(rest.matches("FULL_BATCH (PARCEL )*(BLOB PIECE )+(PARCEL )*END .*DONE"), rest);
    }
  }

  @Test
  void contentShouldBeWaitedForAsLongAsThePeerOwnsSome() throws IOException {
    store.fill("jane", 0, 3000, 3_000);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (Sending sending = new Sending(line, true, true).start()) {
      sending.awaitRest();
      sending.want(1, 0, 7);
      assertTrue(said(line).endsWith("END BATCH"), said(line));
      sending.wantAll(2, line);
      assertTrue(said(line).contains("END FULL_BATCH"), said(line));
    }
  }

  /** Records that the peer may ask for count with 16 KiB each: 64 of them make a batch. */
  @Test
  void nextBatchShouldWaitForTheWantOfTheOneBeforeAndForItsContent() throws IOException {
    store.fill("jane", 0, 200, 40_000);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (Sending sending = new Sending(line, false).start()) {
      sending.awaitRest();
      assertEquals("BATCH", said(line));
      sending.want(1, 0, 2);
      assertEquals("BATCH PARCEL END", said(line));
      sending.want(1, 1, 1);
      assertEquals("BATCH PARCEL END BLOB PIECE END BATCH", said(line));
    }
  }

  @Test
  void nextBatchShouldGoOnceThePeerSaysThatItWantsNothing() throws IOException {
    store.fill("jane", 0, 200, 40_000);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (Sending sending = new Sending(line, false).start()) {
      sending.awaitRest();
      sending.want(1, 0, 0);
      assertEquals("BATCH BATCH", said(line));
      sending.want(2, 0, 1);
      assertEquals("BATCH BATCH PARCEL END", said(line));
      sending.want(2, 1, 0);
      assertEquals("BATCH BATCH PARCEL END BATCH", said(line));
      sending.want(3, 0, 0);
      assertEquals("BATCH BATCH PARCEL END BATCH BATCH DONE", said(line));
    }
  }

  /** The first so many are complete; none is acknowledged. */
  @Test
  void completeBatchesShouldGoUpToTheWindow() throws IOException {
    store.fill("jane", 0, 700, 40_000);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (Sending sending = new Sending(line, false).start()) {
      sending.awaitRest();
      for (int batch = 1; batch <= Offers.MOST_BATCHES; batch++) {
        sending.want(batch, 0, 0);
      }
      String most = String.join(" ", Collections.nCopies(Offers.MOST_BATCHES, "BATCH"));
      assertEquals(most, said(line));
      sending.outbox.acknowledged(new Ack(1, new TreeMap<>()), account -> VersionVector.NOTHING);
      sending.awaitRest();
      assertEquals(most + " BATCH", said(line));
    }
  }

  /** Records of which none refers to a blob are asked for; after them nothing more can be. */
  @Test
  void recordsWithoutFurtherBlobsShouldMakeABatchComplete() throws IOException {
    store.fill("jane", 0, 2000, 0);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (Sending sending = new Sending(line, false).start()) {
      sending.awaitRest();
      sending.want(1, 0, 3);
      assertEquals("BATCH PARCEL END BATCH DONE", said(line));
      assertThrows(SyncException.class, () -> sending.want(1, 1, 0));
    }
  }

  @Test
  void changesThatNameNoMessageShouldNotBeWaitedFor() throws IOException {
    for (int i = 0; i < 6; i++) {
      try (var unit = store.mail.blobs().intake()) {
        Optional<String> note = Optional.of("x".repeat(600_000));
        store.mail.openAccount("jane").setAttribute(unit, Optional.empty(), "note" + i, note);
      }
    }
    store.mail.commit();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (Sending sending = new Sending(line, true).start()) {
      sending.awaitRest();
      assertEquals("BATCH BATCH BATCH DONE", said(line));
    }
  }

  @Test
  void whoGivesUpShouldSayWhyAndNothingElse() throws IOException {
    store.fill("jane", 0, 3, 3000);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (Sending sending = new Sending(line, false)) {
      sending.start().awaitRest();
      sending.outbox.giveUp("tired");
      sending.want(1, 0, 3);
      assertEquals("BATCH DONE FAILED", said(line));
    }
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    try (Sending sending = new Sending(other, false)) {
      sending.outbox.want(new Positions(1, 0, new BitSet()));
      sending.outbox.giveUp("tired");
      sending.start().awaitRest();
      assertEquals("FAILED", said(other));
    }
  }

  /** Else two sides that both have much to say would wait for each other. */
  @Test
  void whoReadsShouldNotWaitUntilThePeerHasRead() throws Exception {
    CompletableFuture<Void> stuck = new CompletableFuture<>();
    CompletableFuture<Void> read = new CompletableFuture<>();
    OutputStream line =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void flush() {
            stuck.complete(null);
            read.join();
          }
        };
    store.fill("jane", 0, 3, 3000);
    try (Sending sending = new Sending(line, true).start()) {
      stuck.join();
      Thread reader = new Thread(() -> sending.outbox.ack(new Ack(1, new TreeMap<>())));
      reader.start();
      reader.join(TimeUnit.SECONDS.toMillis(20));
      assertFalse(reader.isAlive());
      read.complete(null);
    }
  }

  /** Else both sides would send their content in turns, and none while the other does. */
  @Test
  void answersShouldGoBetweenBlobsThatAreSent() throws IOException {
    store.fill("jane", 0, 3, 40_000);
    CompletableFuture<Outbox> outbox = new CompletableFuture<>();
    ByteArrayOutputStream line =
        new ByteArrayOutputStream() {
          private boolean asked;

          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            // Where the first blob is under way.
            if (!asked && length > 30_000) {
              asked = true;
              outbox.join().want(new Positions(1, 0, new BitSet()));
            }
          }
        };
    try (Sending sending = new Sending(line, true)) {
      outbox.complete(sending.outbox);
      sending.start().awaitRest();
      sending.want(1, 0, 3);
      assertEquals("BATCH DONE BLOB PIECE WANT BLOB PIECE BLOB PIECE END", said(line));
    }
  }
}
