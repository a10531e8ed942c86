package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The merge rules, one by one, between two replicas that start from the same state. */
class MergeRulesTest {
  private Side one;
  private Side two;

  @BeforeEach
  void bothKnowInboxAndWorkWithOneItem() throws IOException {
    one = new Side(1);
    two = new Side(2);
    one.at(1).add("INBOX", 1, "\\Seen");
    one.open("Work");
    Side.meet(one, two);
    assertEquals("1:1", two.list("INBOX"));
  }

  @AfterEach
  void bothAreEqual() throws IOException {
    Side.meet(one, two);
    assertEquals(one.blobs.rows.text(), two.blobs.rows.text());
    assertEquals(List.of(), IndexCheck.findings(one.store));
  }

  private void flag(Side side, Set<String> set, Set<String> clear) throws IOException {
    assertTrue(side.account.flag(side.unit, Side.id(1), set, clear));
  }

  private void move(Side side, String to) throws IOException {
    side.account.move(side.unit, Side.id(1), side.open(to));
  }

  private void expunge(Side side, int item) throws IOException {
    assertTrue(side.account.expunge(side.unit, Side.id(item)));
  }

  @Test
  void mailboxesThatWereGivenOneUidValidityBothGetAnother() throws IOException {
    one.at(50).add("A", 5);
    two.at(50).add("B", 6);
    long shared = one.mailbox("A").uidValidity();
    assertEquals(shared, two.mailbox("B").uidValidity());
    Side.meet(one, two);
    Set<Long> validities = new HashSet<>();
    for (Mailbox mailbox : one.account.mailboxes()) {
      assertTrue(validities.add(mailbox.uidValidity()), mailbox + " shares its UIDVALIDITY");
      assertEquals(mailbox.uidValidity(), two.mailbox(mailbox.name()).uidValidity());
    }
    assertFalse(validities.contains(shared), "each client knows it as of another mailbox");
    assertEquals(4, validities.size());
  }

  /** The store that gave the number has shown it under the name that the other mailbox has now. */
  @Test
  void mailboxWithAUidValidityThatAnotherHadGetsAnother() throws IOException {
    one.at(50).add("A", 5);
    two.at(50).add("B", 6);
    long shared = one.mailbox("A").uidValidity();
    Side three = new Side(3);
    three.at(60).add("A", 7);
    one.at(61).receive(three);
    assertTrue(one.mailbox("A").uidValidity() > shared, "of one mailbox the highest counts");
    one.account.rename(one.unit, one.mailbox("A"), "Old");
    two.at(61).account.rename(two.unit, two.mailbox("B"), "A");
    assertEquals(shared, two.mailbox("A").uidValidity());
    Side.meet(one, two);
    assertTrue(one.mailbox("A").uidValidity() > shared, "one has shown other mail under it");
    assertEquals(one.mailbox("A").uidValidity(), two.mailbox("A").uidValidity());
  }

  /** Whoever gives a number that no other takes could hand on nothing more. */
  @Test
  void noUidValidityIsGivenThatOthersRefuse() throws IOException {
    long most = one.now().getEpochSecond() + ChangeGate.UID_VALIDITY_AHEAD;
    Side liar = new Side(9);
    List<byte[]> changes = new ArrayList<>();
    long time = one.now().toEpochMilli() << 16;
    for (int i = 1; i <= 2; i++) {
      MailboxId id = MailboxId.derive(Side.ACCOUNT, "L" + i, 0);
      Body body = new MailboxBody.Created(id, "L" + i, most);
      changes.add(new Change(liar.store.identity().id(), i, time + i, Side.ACCOUNT, body).encode());
    }
    Exchange.Taken taken = one.exchange().take(one.unit, Side.ACCOUNT, changes);
    assertEquals(2, taken.taken());
    List<byte[]> handedOn = one.lackedBy(two.exchange().seen(Side.ACCOUNT));
    assertEquals(
        new Exchange.Taken(handedOn.size(), 0, Optional.empty()),
        two.exchange().take(two.unit, Side.ACCOUNT, handedOn));
  }

  @Test
  void anythingAndTheSameChangeAgainIsOnce() throws IOException {
    two.at(2).add("INBOX", 2);
    flag(two, Set.of("work"), Set.of("\\Seen"));
    move(two, "Work");
    expunge(two, 1);
    String before = two.blobs.rows.text();
    for (byte[] entry : new TreeMap<>(two.blobs.log).values()) {
      two.blobs.append(entry);
    }
    assertEquals(before, two.blobs.rows.text());
  }

  @Test
  void flagSetAndFlagClearedTakesTheLaterStampForEachFlag() throws IOException {
    flag(one.at(2), Set.of("work", "home"), Set.of());
    flag(two.at(3), Set.of("work"), Set.of("\\Seen"));
    flag(two.at(4), Set.of(), Set.of("work"));
    flag(one.at(5), Set.of(), Set.of("\\Seen"));
    flag(one.at(6), Set.of("\\Seen"), Set.of());
    Side.meet(one, two);
    assertEquals(Set.of("\\Seen", "home"), one.item(1).orElseThrow().flags());
  }

  @Test
  void signaturesRecordedTwiceAreThoseOfTheFirstArrival() throws IOException {
    two.at(2).account.recordSignatures(two.unit, Side.message(1), "early");
    one.at(3).account.recordSignatures(one.unit, Side.message(1), "late");
    two.at(4).account.recordSignatures(two.unit, Side.message(1), "again");
    assertEquals("late", one.account.signatures(Side.message(1)).orElseThrow());
    Side.meet(one, two);
    assertEquals("early", one.account.signatures(Side.message(1)).orElseThrow());
    assertTrue(one.account.signatures(Side.message(2)).isEmpty());
  }

  @Test
  void expungeAndFlagChangeIsExpunged() throws IOException {
    expunge(one.at(2), 1);
    flag(two.at(3), Set.of("work"), Set.of());
    Side.meet(one, two);
    assertEquals("", two.list("INBOX"));
    assertTrue(two.item(1).orElseThrow().expunged().isPresent());
  }

  @Test
  void moveAndMoveIsOneItemInThePlaceOfTheLaterMove() throws IOException {
    move(one.at(2), "Work");
    move(two.at(3), "Home");
    Side.meet(one, two);
    assertEquals("", one.list("INBOX"));
    assertEquals("", one.list("Work"));
    assertEquals("1:1", one.list("Home"));
  }

  @Test
  void moveAndExpungeIsExpunged() throws IOException {
    expunge(one.at(2), 1);
    move(two.at(3), "Work");
    Side.meet(one, two);
    assertEquals("", two.list("Work"));
    assertEquals("", two.list("INBOX"));
  }

  @Test
  void mailboxDeletedAndItemAddedToItLivesOnWithWhatTheDeleterHadNotSeen() throws IOException {
    move(one.at(2), "Work");
    Side.meet(one, two);
    two.at(3).add("Work", 2);
    one.at(4).account.delete(one.unit, one.mailbox("Work"));
    assertEquals(List.of("INBOX"), one.names());
    Side.meet(one, two);
    assertEquals("2:2", one.list("Work"));
    assertEquals(1, one.mailbox("Work").items());
    assertTrue(one.item(1).orElseThrow().expunged().isPresent());
  }

  @Test
  void mailboxDeletedWithAllItemsSeenIsGone() throws IOException {
    two.at(3).add("Work", 2);
    Side.meet(one, two);
    one.at(4).account.delete(one.unit, one.mailbox("Work"));
    Side.meet(one, two);
    assertEquals(List.of("INBOX"), two.names());
  }

  @Test
  void mailboxRenamedAndRenamedTakesTheLaterName() throws IOException {
    two.at(3).account.rename(two.unit, two.mailbox("Work"), "Later");
    one.at(2).account.rename(one.unit, one.mailbox("Work"), "Earlier");
    Side.meet(one, two);
    assertEquals(List.of("INBOX", "Later"), one.names());
  }

  @Test
  void twoMailboxesCreatedUnderOneNameAreOneWithTheItemsOfBoth() throws IOException {
    one.at(2).add("Lists/räksmörgås", 2);
    two.at(30).add("Lists/räksmörgås", 3);
    assertEquals(one.open("Lists/räksmörgås"), two.open("Lists/räksmörgås"));
    long uidValidity = two.mailbox("Lists/räksmörgås").uidValidity();
    Side.meet(one, two);
    assertEquals("2:2 3:3", one.list("Lists/räksmörgås"));
    assertEquals(uidValidity, one.mailbox("Lists/räksmörgås").uidValidity());
  }

  @Test
  void twoMailboxesRenamedToOneNameAreBothKeptTheLaterWithASuffix() throws IOException {
    one.open("Home");
    Side.meet(one, two);
    two.at(2).account.rename(two.unit, two.mailbox("Home"), "Archive");
    MailboxId first = two.open("Archive");
    one.at(3).account.rename(one.unit, one.mailbox("Work"), "Archive");
    MailboxId second = one.open("Archive");
    assertNotEquals(first, second);
    Side.meet(one, two);
    assertEquals(List.of("INBOX", "Archive", "Archive (2)"), one.names());
    assertEquals(first, one.open("Archive"));
    assertEquals(second, one.open("Archive (2)"));
    one.account.rename(one.unit, one.mailbox("Archive"), "Home");
    assertEquals(List.of("INBOX", "Archive", "Home"), one.names());
    assertEquals(second, one.open("Archive"));
  }

  @Test
  void sameUidGivenToTwoItemsGivesBothNewUidsAboveAllThatWereEverGiven() throws IOException {
    one.at(2).add("INBOX", 2);
    two.at(3).add("INBOX", 3);
    two.add("INBOX", 4);
    expunge(two, 4);
    Side.meet(one, two);
    assertEquals("1:1 4:2 5:3", one.list("INBOX"));
    assertEquals(6, one.mailbox("INBOX").uidNext());
  }

  @Test
  void uidOfAnExpungedOrMovedItemIsNotAnswerForAnother() throws IOException {
    one.at(2).add("INBOX", 2);
    expunge(one, 2);
    two.at(3).add("INBOX", 3);
    Side.meet(one, two);
    assertEquals("1:1 3:3", one.list("INBOX"));
  }

  @Test
  void itemThatComesBackUnderAUidThatItHadBeforeGetsANewOne() throws IOException {
    move(two.at(4), "Work");
    move(one.at(2), "Work");
    move(one.at(3), "INBOX");
    one.add("Work", 2);
    one.add("Work", 3);
    Side.meet(one, two);
    assertEquals("2:2 3:3 4:1", one.list("Work"));
    assertEquals("", one.list("INBOX"));
  }

  @Test
  void itemMovedToOneMailboxByBothSidesGetsANewUid() throws IOException {
    move(one.at(2), "Work");
    move(two.at(3), "Work");
    Side.meet(one, two);
    assertEquals("2:1", one.list("Work"));
  }

  @Test
  void sameMessagesImportedOnBothSidesInOneOrderKeepTheirUids() throws IOException {
    for (int item = 2; item < 6; item++) {
      one.at(2).add("Lists", item);
      two.at(3).add("Lists", item);
    }
    Side.meet(one, two);
    assertEquals("1:2 2:3 3:4 4:5", one.list("Lists"));
  }

  @Test
  void sameMessageImportedOnBothSidesFromOneSourceIsOneItem() throws IOException {
    one.at(2).add("Lists", 2, "\\Seen");
    move(one, "Lists");
    two.at(3).add("Lists", 3);
    two.add("Lists", 2, "work");
    Side.meet(one, two);
    assertEquals(3, one.mailbox("Lists").items());
    assertEquals(Set.of("\\Seen", "work"), one.item(2).orElseThrow().flags());
    assertFalse(one.list("Lists").contains("1:2"), one.list("Lists"));
  }

  @Test
  void sameMessageImportedOnBothSidesStaysWhereOneSideMovedIt() throws IOException {
    one.at(2).add("Lists", 2);
    one.account.move(one.unit, Side.id(2), one.open("Work"));
    two.at(3).add("Lists", 2);
    Side.meet(one, two);
    assertEquals("1:2", two.list("Work"));
    assertEquals("", two.list("Lists"));
  }

  @Test
  void sameMessageImportedIntoTwoMailboxesIsWhereItWasFirst() throws IOException {
    two.at(3).add("Work", 2);
    one.at(2).add("Lists", 2);
    Side.meet(one, two);
    assertEquals("2:2", two.list("Lists"));
    assertEquals("", one.list("Work"));
    assertEquals(2, one.mailbox("Work").uidNext());
  }

  @Test
  void sameItemOfTwoMessagesIsTheOneThatWasAddedFirst() throws IOException {
    two.at(3).account.add(two.unit, two.open("Work"), Side.newItem(20, 2));
    one.at(2).account.add(one.unit, one.open("Work"), Side.newItem(20, 1));
    Side.meet(one, two);
    assertEquals(Side.message(1), two.item(20).orElseThrow().message());
    assertFalse(two.blobs.rows.holders.containsValue(Side.message(2)));
  }

  @Test
  void twoDeliveriesOfEqualBytesAreTwoItemsOfOneMessage() throws IOException {
    one.at(2).account.add(one.unit, one.open("INBOX"), Side.newItem(20, 9));
    two.at(2).account.add(two.unit, two.open("INBOX"), Side.newItem(21, 9));
    Side.meet(one, two);
    assertEquals("1:1 3:20 4:21", one.list("INBOX"));
    assertEquals(one.item(20).orElseThrow().message(), one.item(21).orElseThrow().message());
    assertEquals(3, one.blobs.rows.holders.size());
  }

  @Test
  void attributeSetOnBothSidesTakesTheLaterValue() throws IOException {
    var none = java.util.Optional.<MailboxId>empty();
    two.at(3).account.setAttribute(two.unit, none, "/shared/comment", java.util.Optional.of("two"));
    one.at(2).account.setAttribute(one.unit, none, "/shared/comment", java.util.Optional.of("one"));
    Side.meet(one, two);
    assertEquals("two", one.account.attribute(none, "/shared/comment").orElseThrow());
    one.at(4).account.setAttribute(one.unit, none, "/shared/comment", java.util.Optional.empty());
    Side.meet(one, two);
    assertTrue(two.account.attribute(none, "/shared/comment").isEmpty());
  }
}
