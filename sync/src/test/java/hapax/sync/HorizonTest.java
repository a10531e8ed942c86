package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HorizonTest {
  private Side side;

  @BeforeEach
  void make() throws IOException {
    side = new Side(1);
  }

  private boolean held(int item) {
    return side.blobs.rows.holds(Side.message(item), new Holder(Side.ACCOUNT).of(Side.id(item)));
  }

  private void expunge(int item) throws IOException {
    assertTrue(side.account.expunge(side.unit, Side.id(item)));
  }

  @Test
  void itemHoldsItsRecordUntilItIsExpungedAndForgotten() throws IOException {
    side.at(1).add("INBOX", 1);
    assertTrue(held(1));
    side.at(2);
    expunge(1);
    assertTrue(held(1));
    side.store.forgetExpungedBefore(side.now());
    assertTrue(held(1), "expunged at that very moment, not before");
    side.at(3).store.forgetExpungedBefore(side.now());
    assertFalse(held(1));
    assertEquals(List.of(), IndexCheck.findings(side.store));
  }

  @Test
  void momentInTheFutureForgetsNothingThatIsYetToCome() throws IOException {
    side.at(1).add("INBOX", 1);
    side.add("INBOX", 2);
    expunge(2);
    side.at(2).store.forgetExpungedBefore(Instant.EPOCH.plusSeconds(99_000_000_000L));
    assertFalse(held(2));
    expunge(1);
    assertTrue(held(1));
  }

  @Test
  void manyItemsAreForgottenInSteps() throws IOException {
    int count = Retention.FORGOTTEN_AT_ONCE + 2;
    for (int i = 0; i < count; i++) {
      side.add("Work", i);
    }
    side.at(1).account.delete(side.unit, side.mailbox("Work"));
    side.at(2).store.forgetExpungedBefore(side.now());
    assertEquals(0, side.blobs.rows.holders.size());
    assertEquals(List.of(), IndexCheck.findings(side.store));
  }

  @Test
  void knownItemStaysExpungedAfterItIsForgotten() throws IOException {
    side.at(1).add("INBOX", 1, "\\Seen");
    expunge(1);
    side.at(2).store.forgetExpungedBefore(side.now());
    assertEquals(0, side.add("INBOX", 1));
    assertTrue(side.account.isForgotten(Side.id(1)));
    assertTrue(side.item(1).isEmpty());
    assertFalse(held(1));
  }

  @Test
  void forgettingNothingAppendsNothing() throws IOException {
    side.at(1).add("INBOX", 1);
    int changes = side.blobs.log.size();
    side.at(2).store.forgetExpungedBefore(side.now());
    side.store.forgetExpungedBefore(Instant.EPOCH.minusSeconds(1));
    assertEquals(changes, side.blobs.log.size());
  }

  @Test
  void horizonBeforeOrAfterTheExpungeAndTheAdditionGivesTheSameRows() throws IOException {
    side.at(1).add("INBOX", 1, "\\Seen");
    side.at(2).account.flag(side.unit, Side.id(1), Set.of("work"), Set.of());
    expunge(1);
    side.at(3).store.forgetExpungedBefore(side.now());
    MemoryBlobs other = new MemoryBlobs();
    for (byte[] entry : side.blobs.log.descendingMap().values()) {
      other.append(entry);
    }
    assertEquals(side.blobs.rows.text(), other.rows.text());
  }

  @Test
  void asOfShowsTheAccountAsItWas() throws IOException {
    side.at(10).add("INBOX", 1, "\\Seen");
    side.at(20).add("INBOX", 2);
    side.account.flag(side.unit, Side.id(1), Set.of(), Set.of("\\Seen"));
    side.at(30).account.move(side.unit, Side.id(1), side.open("Work"));
    expunge(2);
    Instant start = side.now().minusSeconds(30);
    Account at10 = side.store.asOf("jane", start.plusSeconds(10));
    MailboxId inbox = side.open("INBOX");
    assertEquals(Set.of("\\Seen"), at10.item(inbox, 1).orElseThrow().flags());
    assertEquals(1, at10.mailbox("INBOX").orElseThrow().items());
    Account at20 = side.store.asOf("jane", start.plusSeconds(29));
    assertEquals(Set.of(), at20.item(inbox, 1).orElseThrow().flags());
    assertEquals(2, at20.mailbox("INBOX").orElseThrow().items());
    Account now = side.store.asOf("jane", side.now());
    assertEquals(List.of("INBOX", "Work"), now.mailboxes().stream().map(Mailbox::name).toList());
    assertEquals(0, now.mailbox("INBOX").orElseThrow().items());
    assertEquals(List.of(), side.store.asOf("jane", start.minusSeconds(1)).mailboxes());
  }

  @Test
  void whatIsForgottenCanNotBeRestoredFromThePastEither() throws IOException {
    side.at(1).add("INBOX", 1);
    side.add("INBOX", 2);
    expunge(1);
    side.at(5).account.forget(side.unit, side.now().toEpochMilli());
    Instant then = side.now();
    side.at(6);
    expunge(2);
    Account past = side.store.asOf(Side.ACCOUNT, then);
    assertEquals(1, past.mailbox("INBOX").orElseThrow().items());
    past.expungedItems(
        side.open("INBOX"), item -> fail("lists " + item + " as if it could be restored"));
    assertEquals(0, past.withoutMessage());
  }

  @Test
  void pastCanNotBeChanged() throws IOException {
    side.at(1).add("INBOX", 1);
    Account past = side.store.asOf("jane", side.now());
    assertThrows(UnsupportedOperationException.class, () -> past.expunge(side.unit, Side.id(1)));
    assertThrows(UnsupportedOperationException.class, () -> past.openMailbox(side.unit, "INBOX"));
  }

  @Test
  void asOfShouldFailBeforeWhatIsForgottenAndForUnknownAccounts() throws IOException {
    side.at(1).add("INBOX", 1);
    Instant before = side.now();
    expunge(1);
    side.at(5).store.forgetExpungedBefore(side.now());
    String message =
        assertThrows(IllegalArgumentException.class, () -> side.store.asOf("jane", before))
            .getMessage();
    assertTrue(message.contains(side.now().toString()), message);
    assertThrows(IllegalArgumentException.class, () -> side.store.asOf("eve", before));
  }
}
