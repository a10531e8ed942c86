package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.BlobId;
import hapax.blob.Intake;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.sync.Account;
import hapax.sync.FieldWriter;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.NewItem;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P10: a peer that knows names of what it does not own gets nothing for them. */
@Timeout(60)
class ThiefTest {
  private static final SessionOptions THIEFS_ACCOUNT =
      SessionOptions.DEFAULT.limitedTo(List.of("thief"));

  @TempDir Path folder;
  private TestStore server;
  private TestStore thief;
  private Item secret;

  @BeforeEach
  void open() throws IOException {
    server = new TestStore(folder.resolve("server"));
    thief = new TestStore(folder.resolve("thief"));
    server.fill("victim", 1, 1, 50_000);
    secret = server.items().get(0);
    server.mail.openAccount("thief");
    server.mail.commit();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    thief.close();
  }

  private TestStore.Reports sync() throws IOException {
    return thief.sync(server, SessionOptions.DEFAULT, THIEFS_ACCOUNT);
  }

  /** Says that the thief has an item of a message, whether it has it or not. */
  private void claim(RecordId message, long size) throws IOException {
    claim(new ItemId(1, 1), message, size);
  }

  private void claim(ItemId id, RecordId message, long size) throws IOException {
    Account account = thief.mail.openAccount("thief");
    try (Intake unit = thief.mail.blobs().intake()) {
      account.add(
          unit,
          account.openMailbox(unit, "INBOX").id(),
          new NewItem(id, message, size, Set.of(), Instant.EPOCH));
    }
    thief.mail.commit();
  }

  private void assertNothingWasTaken() throws IOException {
    assertTrue(
        server.items().stream().filter(secret::equals).count() == 1 && server.items().size() == 1,
        server.text());
  }

  @Test
  void changeThatNamesAnothersMessageGetsARequestForIt() throws IOException {
    claim(secret.message(), secret.size());
    TestStore.Reports reports = sync();
    assertEquals(1, reports.answerer().failures().size());
    assertTrue(
        reports.answerer().failures().get(0).contains("message " + secret.message()),
        reports.answerer().failures() + "");
    assertNothingWasTaken();
  }

  /** Has the record of the secret and claims its message; the blob is what the thief lacks. */
  private BlobId claimWithRecord() throws IOException {
    StoredRecord record;
    try (var reader = server.mail.blobs().reader()) {
      record = reader.record(secret.message()).orElseThrow();
    }
    try (Intake unit = thief.mail.blobs().intake()) {
      unit.putRecord(record);
    }
    claim(secret.message(), secret.size());
    return record.blobs().get(0);
  }

  @Test
  void recordThatNamesAnothersBlobGetsARequestForIt() throws IOException {
    BlobId blob = claimWithRecord();
    TestStore.Reports reports = sync();
    assertEquals(0, reports.answerer().blobsSkipped());
    assertTrue(
        reports.answerer().failures().get(0).contains("blob " + blob),
        reports.answerer().failures() + "");
    assertNothingWasTaken();
  }

  /** The message has two items here, so its record is asked for, and its blob after that. */
  @Test
  void tornLineGivesNothingEither() throws IOException {
    claimWithRecord();
    claim(new ItemId(2, 2), secret.message(), secret.size());
    long bytes = sync().caller().bytesSent();
    assertNothingWasTaken();
    for (int cut = 0; cut < bytes - 40; cut++) {
      PipeLine.Pair pair = PipeLine.pair();
      Line torn = new CutLine(pair.one(), cut);
      assertThrows(
          IOException.class,
          () -> thief.sync(server, SessionOptions.DEFAULT, THIEFS_ACCOUNT, torn, pair.other()));
      assertNothingWasTaken();
    }
  }

  /** What a thief says after its first batch, in frames that no honest program would write. */
  private interface Script {
    void say(FrameWriter out) throws IOException;
  }

  private void sayAfterBatch(BatchCutter.RecordChoice along, Script script) throws IOException {
    PipeLine.Pair pair = PipeLine.pair();
    SortedMap<String, VersionVector> vectors = thief.mail.replication().vectors();
    Hello hello = thief.hello();
    Thread peer =
        new Thread(
            () -> {
              try (Line line = pair.one()) {
                FrameWriter out = new FrameWriter(line.out());
                out.write(FrameKind.HELLO, 1, hello.encode());
                out.write(FrameKind.BATCH, 3, batch(vectors, along));
                script.say(out);
              } catch (IOException torn) {
                return;
              }
            });
    peer.start();
    assertThrows(
        IOException.class, () -> new Session(server.mail, THIEFS_ACCOUNT).answer(pair.other()));
    assertNothingWasTaken();
  }

  private ByteBuffer batch(SortedMap<String, VersionVector> vectors, BatchCutter.RecordChoice along)
      throws IOException {
    Agreement agreement = new Agreement(1, true, true, Optional.empty(), vectors, new TreeMap<>());
    try (var reader = thief.mail.blobs().reader();
        ParcelCodec codec = new ParcelCodec()) {
      BatchCutter cutter = new BatchCutter(thief.mail.replication(), reader, agreement, along);
      BatchCutter.Cut cut = Objects.requireNonNull(cutter.next());
      return Batch.encode(cut.batch().number(), codec.pack(cut.parcel()));
    }
  }

  @Test
  void blobThatBeginsAndNeverComesGivesNothing() throws IOException {
    BlobId blob = claimWithRecord();
    sayAfterBatch(
        (account, message) -> true,
        out -> out.write(FrameKind.BLOB, 3, new FieldWriter().raw(blob.toBytes()).varint(50_000)));
  }

  @Test
  void blobAmongThoseThatWereNotAskedForGivesNothing() throws IOException {
    BlobId blob = claimWithRecord();
    Parcel.Builder parcel = new Parcel.Builder();
    parcel.add(blob, new byte[10]);
    parcel.add(BlobId.of(new byte[32]), new byte[10]);
    sayAfterBatch((account, message) -> true, out -> parcel(parcel, out));
  }

  @Test
  void recordThatComesAfterItsTimeGivesNothing() throws IOException {
    // With a blob the other message has a second stage, in which something may come.
    recordComesAfterItsTime(0);
  }

  @Test
  void recordThatComesInTheSecondStageGivesNothing() throws IOException {
    recordComesAfterItsTime(50_000);
  }

  private void recordComesAfterItsTime(int blobOfOther) throws IOException {
    claimWithRecord();
    thief.fill("thief", 800, 1, blobOfOther);
    Item other = thief.items().get(1);
    Parcel.Builder first = new Parcel.Builder();
    Parcel.Builder second = new Parcel.Builder();
    try (var reader = thief.mail.blobs().reader()) {
      first.add(reader.record(other.message()).orElseThrow());
      second.add(reader.record(secret.message()).orElseThrow());
    }
    sayAfterBatch(
        (account, message) -> false,
        out -> {
          parcel(first, out);
          out.write(FrameKind.END, 3, new FieldWriter().varint(1).octet(0).varint(0).varint(0));
          parcel(second, out);
          out.write(FrameKind.END, 3, new FieldWriter().varint(1).octet(1).varint(0).varint(0));
        });
  }

  private static void parcel(Parcel.Builder parcel, FrameWriter out) throws IOException {
    try (ParcelCodec codec = new ParcelCodec()) {
      out.write(FrameKind.PARCEL, 3, ByteBuffer.wrap(codec.pack(parcel)));
    }
  }

  @Test
  void messageThatIsSaidToBeGoneIsNotTakenFromOthers() throws IOException {
    claim(secret.message(), secret.size());
    Account account = thief.mail.openAccount("thief");
    try (Intake unit = thief.mail.blobs().intake()) {
      account.expunge(unit, new ItemId(1, 1));
    }
    thief.mail.forgetExpungedBefore(Instant.now());
    sync();
    assertNothingWasTaken();
  }

  @Test
  void peerThatIsTrustedNeedNotSendWhatTheStoreHas() throws IOException {
    claim(secret.message(), secret.size());
    TestStore.Reports reports =
        thief.sync(server, SessionOptions.DEFAULT, THIEFS_ACCOUNT.trusting(true));
    assertEquals(List.of(), reports.answerer().failures());
    assertEquals(2, server.items().size());
  }

  @Test
  void otherAccountsAreNotSpokenOf() throws IOException {
    sync();
    assertEquals(List.of("thief"), thief.mail.accounts());
    assertEquals(List.of(), thief.items());
    assertEquals(Set.of("thief"), thief.mail.replication().vectors().keySet());
  }

  @Test
  void accountThatMayNotBeSyncedIsRefused() {
    SessionOptions victims = SessionOptions.DEFAULT.limitedTo(List.of("victim"));
    IOException refused =
        assertThrows(IOException.class, () -> thief.sync(server, victims, THIEFS_ACCOUNT));
    assertEquals(
        "the peer says: account victim may not be synced with this peer", refused.getMessage());
  }

  @Test
  void changesOfAnAccountThatMayNotBeSyncedAreRefused() throws IOException {
    thief.fill("thief", 5, 1, 0);
    thief.fill("victim", 6, 1, 0);
    sync();
    assertTrue(server.items().stream().filter(i -> i.equals(secret)).count() == 1);
    assertEquals(2, server.items().size());
  }

  /** What is kept of a peer decides what a bundle for it leaves out. */
  @Test
  void nothingIsBelievedOfAccountsThatMayNotBeSynced() throws IOException {
    SortedMap<String, VersionVector> seen = server.mail.replication().vectors();
    PipeLine.Pair pair = PipeLine.pair();
    Hello hello =
        new Hello(
            7, true, true, Hello.Listed.SOME, false, Optional.empty(), Hello.Digest.of(seen), seen);
    try (Line line = pair.one()) {
      new FrameWriter(line.out()).write(FrameKind.HELLO, 1, hello.encode());
    }
    assertThrows(
        IOException.class, () -> new Session(server.mail, THIEFS_ACCOUNT).answer(pair.other()));
    assertFalse(server.mail.replication().seenBy(7).containsKey("victim"));
  }

  /**
   * The caller limits the talk to an account, and the thief, who answers, says that it does not.
   */
  @Test
  void answerForMoreAccountsThanTheCallerSpokeOfShouldEndTheTalk() throws IOException {
    claim(secret.message(), secret.size());
    PipeLine.Pair pair = PipeLine.pair();
    Thread answerer =
        new Thread(
            () -> {
              try (Line line = pair.other()) {
                new FrameReader(line.in(), "test").next();
                Hello unlimited = thief.hello();
                new FrameWriter(line.out()).write(FrameKind.HELLO, 2, unlimited.encode());
              } catch (IOException torn) {
                return;
              }
            });
    answerer.start();
    SyncException refused =
        assertThrows(
            SyncException.class, () -> new Session(server.mail, THIEFS_ACCOUNT).call(pair.one()));
    assertEquals(
        "the peer answers for accounts of which the talk is not to be", refused.getMessage());
    assertEquals(1, server.items().size());
  }
}
