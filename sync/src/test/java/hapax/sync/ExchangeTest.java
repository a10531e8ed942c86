package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that leave a store, and those that may not come in. */
class ExchangeTest {
  private static final long START = 1_800_000_000_000L;
  private static final long FOREIGN = 77;

  private Side one;
  private Side two;

  @BeforeEach
  void twoReplicas() throws IOException {
    one = new Side(1);
    two = new Side(2);
  }

  private Exchange.Taken take(Change... changes) throws IOException {
    List<byte[]> bytes = Arrays.stream(changes).map(Change::encode).toList();
    return one.exchange().take(one.unit, Side.ACCOUNT, bytes);
  }

  private static Change foreign(long number, Body body) {
    return new Change(FOREIGN, number, Stamp.timeOf(START) + number, Side.ACCOUNT, body);
  }

  private static ItemBody.Added added(int item, long uid) {
    MailboxId mailbox = MailboxId.derive(Side.ACCOUNT, "INBOX", 0);
    return new ItemBody.Added(
        Side.id(item), mailbox, uid, Side.message(item), 1, 1, new TreeSet<>());
  }

  private void refused(String line, Change... changes) throws IOException {
    String before = one.blobs.rows.text();
    Exchange.Taken taken = take(changes);
    assertEquals(0, taken.taken());
    assertTrue(taken.refusal().orElse("taken").contains(line), taken.toString());
    assertEquals(1, taken.refusal().get().lines().count());
    assertEquals(before, one.blobs.rows.text());
  }

  @Test
  void changesOfSeveralOriginsComeByAscendingStamp() throws IOException {
    Side three = new Side(3);
    for (int i = 0; i < 700; i++) {
      Side side = i % 3 == 0 ? one : two;
      side.at(i).add("INBOX", i);
    }
    three.receive(one);
    three.receive(two);
    List<Change> shown = new ArrayList<>();
    three
        .exchange()
        .changes(Side.ACCOUNT, VersionVector.NOTHING, (change, bytes) -> shown.add(change));
    assertEquals(three.blobs.log.size(), shown.size());
    for (int i = 1; i < shown.size(); i++) {
      assertTrue(shown.get(i - 1).stamp().compareTo(shown.get(i).stamp()) < 0);
    }
  }

  @Test
  void onlyWhatThePeerHasNotSeenIsShown() throws IOException {
    one.add("INBOX", 1);
    two.receive(one);
    one.at(1).add("INBOX", 2);
    VersionVector known = two.exchange().seen(Side.ACCOUNT);
    assertFalse(known.covers(one.exchange().seen(Side.ACCOUNT)));
    assertEquals(1, one.lackedBy(known).size());
    two.receive(one);
    assertTrue(two.exchange().seen(Side.ACCOUNT).covers(one.exchange().seen(Side.ACCOUNT)));
    assertEquals(List.of(), one.lackedBy(two.exchange().seen(Side.ACCOUNT)));
  }

  @Test
  void showingEndsWhenTheVisitorHasEnough() throws IOException {
    one.add("INBOX", 1);
    one.add("INBOX", 2);
    List<Change> shown = new ArrayList<>();
    one.exchange()
        .changes(
            Side.ACCOUNT,
            VersionVector.NOTHING,
            (change, bytes) -> {
              shown.add(change);
              return shown.size() < 2;
            });
    assertEquals(2, shown.size());
  }

  @Test
  void takingTheSameAgainAddsNothing() throws IOException {
    two.add("INBOX", 1);
    List<byte[]> changes = two.lackedBy(VersionVector.NOTHING);
    one.exchange().take(one.unit, Side.ACCOUNT, changes);
    String before = one.blobs.rows.text();
    assertEquals(
        new Exchange.Taken(0, changes.size(), Optional.empty()),
        one.exchange().take(one.unit, Side.ACCOUNT, changes));
    assertEquals(before, one.blobs.rows.text());
  }

  @Test
  void newUidsAreGivenInTheSameUnit() throws IOException {
    one.add("INBOX", 1);
    two.add("INBOX", 2);
    one.receive(two);
    assertEquals("2:1 3:2", one.list("INBOX"));
  }

  @Test
  void changesToAnAccountThatIsNotThereMakeIt() throws IOException {
    LogMailStore empty = new LogMailStore(new MemoryBlobs(), Identity.inMemory(9), two::now);
    two.add("INBOX", 1);
    List<byte[]> changes = two.lackedBy(VersionVector.NOTHING);
    new Exchange(empty).take(empty.blobs().intake(), Side.ACCOUNT, changes);
    assertEquals(Set.of(Side.ACCOUNT), Set.copyOf(empty.accounts()));
    assertEquals(1, empty.account(Side.ACCOUNT).orElseThrow().mailbox("INBOX").get().items());
  }

  @Test
  void changeAfterAHoleIsRefusedAndWhatCameBeforeStays() throws IOException {
    Exchange.Taken taken =
        take(foreign(1, added(1, 1)), foreign(3, added(3, 2)), foreign(4, added(4, 2)));
    assertEquals(1, taken.taken());
    assertEquals(
        "change 3 of replica 000000000000004d to account jane came before number 2",
        taken.refusal().orElseThrow());
    assertTrue(one.item(1).isPresent());
    assertTrue(one.item(4).isEmpty());
  }

  @Test
  void stampFarInTheFutureIsRefusedAndMovesNoClock() throws IOException {
    long time = Stamp.timeOf(START + Duration.ofDays(365).toMillis());
    refused(
        "is stamped 2028-01-15T08:00:00Z, more than 24 hours ahead of the clock here",
        new Change(FOREIGN, 1, time, Side.ACCOUNT, added(1, 1)));
    assertTrue(Stamp.millisOf(one.store.clock().next()) < START + 1000);
  }

  @Test
  void clockWrongByAYearDoesNotWinForEver() throws IOException {
    one.add("INBOX", 1);
    two.receive(one);
    two.at(365 * 86_400).account.flag(two.unit, Side.id(1), Set.of("wrong"), Set.of());
    one.exchange().take(one.unit, Side.ACCOUNT, two.lackedBy(one.exchange().seen(Side.ACCOUNT)));
    assertEquals(Set.of(), one.item(1).orElseThrow().flags());
    one.account.flag(one.unit, Side.id(1), Set.of("right"), Set.of());
    assertEquals(Set.of("right"), one.item(1).orElseThrow().flags());
  }

  @Test
  void stampOfADayAheadIsFollowed() throws IOException {
    long time = Stamp.timeOf(START + Duration.ofHours(23).toMillis());
    assertEquals(1, take(new Change(FOREIGN, 1, time, Side.ACCOUNT, added(1, 1))).taken());
    assertTrue(Long.compareUnsigned(one.store.clock().next(), time) > 0);
  }

  @Test
  void stampThatDoesNotAscendIsRefused() throws IOException {
    take(foreign(1, added(1, 1)));
    long same = Stamp.timeOf(START) + 1;
    refused("not after the one before", new Change(FOREIGN, 2, same, Side.ACCOUNT, added(2, 2)));
  }

  @Test
  void uidThatLeapsIsRefused() throws IOException {
    refused("gives UID 4294967295, expected at most 1", foreign(1, added(1, 0xFFFF_FFFFL)));
    refused("gives UID 2, expected at most 1", foreign(1, added(1, 2)));
  }

  @Test
  void uidValidityThatLeapsIsRefused() throws IOException {
    MailboxId mailbox = new MailboxId(5, 5);
    refused(
        "gives UIDVALIDITY 4294967295",
        foreign(1, new MailboxBody.Created(mailbox, "Work", 0xFFFF_FFFFL)));
  }

  @Test
  void noteOfAnotherStoreIsRefused() throws IOException {
    one.add("INBOX", 1);
    one.account.expunge(one.unit, Side.id(1));
    String before = one.blobs.rows.text();
    for (LocalNote note :
        List.of(
            new HorizonNote(Side.ACCOUNT, START + 1),
            new RetentionNote(new Stamp(Stamp.timeOf(START) + 99, 9), 0))) {
      Exchange.Taken taken = one.exchange().take(one.unit, Side.ACCOUNT, List.of(note.encode()));
      assertEquals(0, taken.taken());
      assertTrue(taken.refusal().isPresent());
    }
    assertEquals(before, one.blobs.rows.text());
  }

  @Test
  void changeUnderThisStoresOwnIdentityIsRefused() throws IOException {
    Change own = new Change(1, 2, Stamp.timeOf(START) + 9, Side.ACCOUNT, added(1, 1));
    refused("was made under this store's own identity", own);
  }

  @Test
  void changeToAnotherAccountIsRefused() throws IOException {
    Change other = new Change(FOREIGN, 1, Stamp.timeOf(START), "joe", added(1, 1));
    refused("to account joe came among those of account jane", other);
  }

  @Test
  void whatIsNoChangeOrANewerOneIsRefused() throws IOException {
    byte[] newer = foreign(1, added(1, 1)).encode();
    newer[0] = 2;
    byte[] cut = Arrays.copyOf(foreign(1, added(1, 1)).encode(), 40);
    for (byte[] bad : List.of(newer, cut, new byte[0])) {
      Exchange.Taken taken = one.exchange().take(one.unit, Side.ACCOUNT, List.of(bad));
      assertEquals(0, taken.taken());
      assertEquals(1, taken.refusal().orElseThrow().lines().count());
    }
  }

  @Test
  void mailboxNamesThatDifferInNormalFormAreOneMailbox() throws IOException {
    one.add("Entwu\u0308rfe", 1);
    two.at(5).add("Entw\u00fcrfe", 2);
    Side.meet(one, two);
    assertEquals(List.of("Entw\u00fcrfe"), two.names());
    assertEquals(2, one.mailbox("Entwu\u0308rfe").items());
  }

  @Test
  void mailboxNamesThatDifferInCaseAreTwoMailboxes() throws IOException {
    one.add("work", 1);
    two.at(5).add("Work", 2);
    Side.meet(one, two);
    assertEquals(List.of("Work", "work"), one.names());
  }

  @Test
  void vectorKnowsItsBytes() throws IOException {
    one.add("INBOX", 1);
    two.at(4).add("INBOX", 2);
    one.receive(two);
    VersionVector vector = one.exchange().seen(Side.ACCOUNT);
    assertEquals(2, vector.marks().size());
    FieldWriter to = new FieldWriter();
    vector.writeTo(to);
    FieldReader from = new FieldReader("vector", to.toBytes());
    assertEquals(vector, VersionVector.readFrom(from));
    from.end();
  }
}
