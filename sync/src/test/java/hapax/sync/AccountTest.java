package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountTest {
  private Side side;
  private LogAccount account;

  @BeforeEach
  void make() throws IOException {
    side = new Side(1);
    account = side.account;
  }

  @AfterEach
  void indexIsTheFoldOfTheLog() throws IOException {
    assertEquals(List.of(), IndexCheck.findings(side.store));
  }

  @Test
  void addGivesUidsFromOneAndKeepsWhatWasSaid() throws IOException {
    MailboxId inbox = side.open("inbox");
    NewItem added = Side.newItem(1, 3, "\\seen", "Work");
    assertEquals(1, account.add(side.unit, inbox, added));
    assertEquals(2, side.add("INBOX", 2));
    Item item = account.item(inbox, 1).orElseThrow();
    assertEquals(
        new Item(
            added.id(),
            inbox,
            1,
            added.message(),
            103,
            item.flags(),
            Instant.ofEpochSecond(1),
            side.now(),
            Optional.empty()),
        item);
    assertEquals(List.of("Work", "\\Seen"), List.copyOf(item.flags()));
    assertEquals(item, account.item(added.id()).orElseThrow());
    assertEquals("1:1 2:2", side.list("INBOX"));
    Mailbox mailbox = side.mailbox("Inbox");
    assertEquals(new Mailbox(inbox, "INBOX", 1_800_000_000L, 3, 2, false), mailbox);
  }

  @Test
  void addOfAKnownItemChangesNothingWhereverItIs() throws IOException {
    side.add("INBOX", 1);
    assertEquals(1, side.add("Work", 1, "\\Seen"));
    assertTrue(side.item(1).orElseThrow().flags().isEmpty());
    account.move(side.unit, Side.id(1), side.open("Work"));
    assertEquals(1, side.add("INBOX", 1));
    assertEquals("", side.list("INBOX"));
    assertTrue(account.expunge(side.unit, Side.id(1)));
    int changes = side.blobs.log.size();
    assertEquals(0, side.add("INBOX", 1));
    assertEquals(changes, side.blobs.log.size());
  }

  @Test
  void uidsAreNeverGivenTwice() throws IOException {
    side.add("INBOX", 1);
    side.add("INBOX", 2);
    account.expunge(side.unit, Side.id(2));
    assertEquals(3, side.add("INBOX", 3));
    account.move(side.unit, Side.id(3), side.open("Work"));
    account.move(side.unit, Side.id(3), side.open("INBOX"));
    assertEquals("1:1 4:3", side.list("INBOX"));
    assertEquals(2, side.mailbox("Work").uidNext());
    assertEquals(Optional.empty(), account.item(side.open("INBOX"), 3));
  }

  @Test
  void mailboxMadeAgainIsAnotherWithAHigherUidValidity() throws IOException {
    side.add("Work", 1);
    Mailbox before = side.mailbox("Work");
    account.delete(side.unit, before);
    assertEquals(List.of(), side.names());
    assertTrue(side.item(1).orElseThrow().expunged().isPresent());
    assertEquals(1, side.add("Work", 2));
    Mailbox after = side.mailbox("Work");
    assertNotEquals(before.id(), after.id());
    assertTrue(after.uidValidity() > before.uidValidity());
    account.rename(side.unit, after, "Old");
    side.add("Work", 3);
    assertTrue(side.mailbox("Work").uidValidity() > after.uidValidity());
    assertEquals("1:2", side.list("Old"));
    assertEquals(after.uidValidity(), side.mailbox("Old").uidValidity());
  }

  @Test
  void deleteExpungesEveryItemAndOnlyThose() throws IOException {
    int count = LogAccount.EXPUNGED_AT_ONCE + 1;
    for (int i = 0; i < count; i++) {
      side.add("Work", i);
    }
    side.add("Work/x", count);
    account.delete(side.unit, side.mailbox("Work"));
    assertEquals(List.of("Work/x"), side.names());
    assertEquals("1:" + count, side.list("Work/x"));
    assertEquals(Optional.empty(), side.item(0).filter(item -> item.expunged().isEmpty()));
    assertThrows(
        IllegalArgumentException.class,
        () -> account.delete(side.unit, account.openMailbox(side.unit, "INBOX")));
  }

  @Test
  void renameTakesMailboxesBelowAlong() throws IOException {
    MailboxId child = side.open("a/b/c");
    side.open("a");
    side.open("ab");
    account.rename(side.unit, side.mailbox("a"), "a/b");
    assertEquals(List.of("a/b", "a/b/b/c", "ab"), side.names());
    assertEquals(child, side.open("a/b/b/c"));
  }

  @Test
  void renameOfInboxLeavesWhatIsBelow() throws IOException {
    side.add("INBOX", 1);
    side.open("INBOX/x");
    account.rename(side.unit, side.mailbox("INBOX"), "Old");
    assertEquals(List.of("INBOX/x", "Old"), side.names());
    assertEquals(1, side.add("INBOX", 2));
    assertEquals(List.of("INBOX", "INBOX/x", "Old"), side.names());
  }

  @Test
  void renameShouldFailWhenTheNameIsTakenOrNone() throws IOException {
    side.open("a");
    side.open("a/x");
    side.open("b");
    side.open("c/x");
    int changes = side.blobs.log.size();
    Mailbox mailbox = side.mailbox("a");
    for (String name : List.of("b", "c", "c/", "", "x".repeat(998) + "/y")) {
      assertThrows(
          IllegalArgumentException.class, () -> account.rename(side.unit, mailbox, name), name);
    }
    account.rename(side.unit, mailbox, "a");
    assertEquals(changes, side.blobs.log.size());
    account.delete(side.unit, mailbox);
    assertThrows(IllegalArgumentException.class, () -> account.rename(side.unit, mailbox, "d"));
  }

  @Test
  void flagSaysWhetherAnythingChanged() throws IOException {
    side.add("INBOX", 1, "\\Seen");
    ItemId item = Side.id(1);
    assertFalse(account.flag(side.unit, item, Set.of("\\SEEN"), Set.of("work")));
    assertTrue(account.flag(side.unit, item, Set.of("work"), Set.of("\\Seen")));
    assertEquals(Set.of("work"), side.item(1).orElseThrow().flags());
    assertFalse(account.flag(side.unit, Side.id(9), Set.of("work"), Set.of()));
    account.expunge(side.unit, item);
    assertFalse(account.flag(side.unit, item, Set.of("home"), Set.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> account.flag(side.unit, item, Set.of("x"), Set.of("x")));
    assertThrows(
        IllegalArgumentException.class,
        () -> account.flag(side.unit, item, Set.of("x\n"), Set.of()));
  }

  @Test
  void changesOfWhatIsNotThereAreLeftAlone() throws IOException {
    side.add("INBOX", 1);
    account.expunge(side.unit, Side.id(1));
    int changes = side.blobs.log.size();
    assertFalse(account.expunge(side.unit, Side.id(1)));
    assertFalse(account.expunge(side.unit, Side.id(2)));
    account.move(side.unit, Side.id(1), side.open("INBOX"));
    account.move(side.unit, Side.id(2), side.open("INBOX"));
    assertEquals(changes, side.blobs.log.size());
    MailboxId unknown = new MailboxId(1, 1);
    assertThrows(
        IllegalArgumentException.class, () -> account.add(side.unit, unknown, Side.newItem(3, 3)));
  }

  @Test
  void itemsStartAtAUidAndStopWhenTheVisitorHasEnough() throws IOException {
    for (int i = 1; i <= 5; i++) {
      side.add("INBOX", i);
    }
    List<Long> uids = new ArrayList<>();
    account.items(
        side.open("INBOX"),
        2,
        item -> {
          uids.add(item.uid());
          return uids.size() < 3;
        });
    assertEquals(List.of(2L, 3L, 4L), uids);
    account.items(side.open("INBOX"), Long.MAX_VALUE, item -> uids.add(0L));
    assertEquals(3, uids.size());
    assertEquals(Optional.empty(), account.item(side.open("INBOX"), 1L << 32));
    assertEquals(Optional.empty(), account.item(side.open("INBOX"), 0));
  }

  @Test
  void subscriptionIsKept() throws IOException {
    side.open("Work");
    account.subscribe(side.unit, side.mailbox("Work"), true);
    assertTrue(side.mailbox("Work").subscribed());
    int changes = side.blobs.log.size();
    account.subscribe(side.unit, side.mailbox("Work"), true);
    assertEquals(changes, side.blobs.log.size());
    account.subscribe(side.unit, side.mailbox("Work"), false);
    assertFalse(side.mailbox("Work").subscribed());
  }

  @Test
  void expungedItemsAreShownWithTheirMailboxUntilForgotten() throws IOException {
    side.at(1).add("INBOX", 1, "\\Seen");
    side.add("Work", 2);
    side.at(2);
    account.expunge(side.unit, Side.id(1));
    account.expunge(side.unit, Side.id(2));
    List<Item> expunged = new ArrayList<>();
    account.expungedItems(side.open("INBOX"), expunged::add);
    assertEquals(1, expunged.size());
    assertEquals(Set.of("\\Seen"), expunged.get(0).flags());
    assertEquals(Optional.of(side.now()), expunged.get(0).expunged());
    side.at(3).store.forgetExpungedBefore(side.now());
    account.expungedItems(side.open("INBOX"), expunged::add);
    assertEquals(1, expunged.size());
  }

  @Test
  void accountsAreListedByNameAndNamesAreChecked() throws IOException {
    side.store.openAccount("Zoë");
    side.store.openAccount("adam");
    side.store.openAccount("adam");
    assertEquals(List.of("Zoë", "adam", "jane"), side.store.accounts());
    assertTrue(side.store.account("eve").isEmpty());
    assertEquals("adam", side.store.account("adam").orElseThrow().name());
    assertThrows(IllegalArgumentException.class, () -> side.store.openAccount("../adam"));
  }

  @Test
  void accountsDoNotSeeEachOther() throws IOException {
    side.add("INBOX", 1);
    Account other = side.store.openAccount("jan");
    assertEquals(List.of(), other.mailboxes());
    assertEquals(Optional.empty(), other.item(Side.id(1)));
    MailboxId inbox = other.openMailbox(side.unit, "INBOX").id();
    assertNotEquals(side.open("INBOX"), inbox);
    assertEquals(1, other.add(side.unit, inbox, Side.newItem(1, 1)));
    assertTrue(account.expunge(side.unit, Side.id(1)));
    side.at(1).store.forgetExpungedBefore(side.now());
    assertEquals(1, side.blobs.rows.holders.size());
    assertEquals(1, other.item(inbox, 1).orElseThrow().uid());
  }

  @Test
  void changesGoOnWithTheNextNumberAndALaterStampAfterOpening() throws IOException {
    side.at(1000).add("INBOX", 1);
    Change last = Change.decode(side.blobs.log.lastEntry().getValue());
    LogMailStore again = new LogMailStore(side.blobs, Identity.inMemory(1), () -> Instant.EPOCH);
    again.account("jane").orElseThrow().openMailbox(side.unit, "Work");
    Change next = Change.decode(side.blobs.log.lastEntry().getValue());
    assertEquals(last.sequence() + 1, next.sequence());
    assertTrue(next.stamp().compareTo(last.stamp()) > 0);
  }
}
