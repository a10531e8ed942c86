package hapax.sync.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.BlobId;
import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.sync.Account;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.NewItem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
}
