package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A store expunged an item, forgot it, and handed that on: the line was cut between what is left of
 * the addition and the expunging. Then the store was rolled back to before it, and nobody has the
 * change that expunged the item, while others have its addition in full.
 */
class LostExpungeTest {
  private Side one;
  private Side full;
  private Side cut;
  private MemoryBlobs copy;
  private long ownChanges;

  @BeforeEach
  void twoHearOfTheItemAndOneOfItsEnd() throws IOException {
    one = new Side(1);
    full = new Side(2);
    cut = new Side(3);
    one.add("INBOX", 1);
    one.add("INBOX", 2);
    full.receive(one);
    copy = one.blobs.copy();
    assertTrue(one.at(10).account.expunge(one.unit, Side.id(1)));
    one.at(20).store.forgetExpungedBefore(one.now());
    cut.at(20);
    takeBeforeTheExpunging(cut);
    ownChanges = ownChangesOf(cut);
  }

  private static long ownChangesOf(Side side) throws IOException {
    return side.store.index(Side.ACCOUNT).seen(side.store.identity().id()).upTo();
  }

  private void takeBeforeTheExpunging(Side to) throws IOException {
    List<byte[]> changes = one.lackedBy(VersionVector.NOTHING);
    Change last = Change.decode(changes.get(changes.size() - 1));
    assertTrue(last.body() instanceof ItemBody.Expunged);
    to.exchange().take(to.unit, Side.ACCOUNT, changes.subList(0, changes.size() - 1));
  }

  private Side heir() throws IOException {
    Identity.Heritage from = new Identity.Heritage(1, Side.START + 30_000);
    return new Side(copy, new Identity(4, Optional.of(from))).at(30);
  }

  @Test
  void itemIsExpungedEverywhereAndCanBeRestoredWhereItsMessageIs() throws IOException {
    Side heir = heir();
    Side.meet(heir, full.at(30), cut.at(30));
    for (Side side : List.of(heir, full, cut)) {
      assertEquals(full.blobs.rows.common(), side.blobs.rows.common());
      assertEquals(List.of(), IndexCheck.findings(side.store));
      assertTrue(side.store.index(Side.ACCOUNT).state(Side.id(1)).expunged() != null);
      assertEquals(side != cut, side.item(1).isPresent(), "known, and can be restored");
    }
    assertEquals("2:2", full.list("INBOX"));
    assertTrue(heir.account.restore(heir.unit, Side.id(1), heir.open("INBOX")) > 0);
  }

  /** Two that know the same changes, of which one says less here than there. */
  @Test
  void itIsSaidThoughThePeerHasNothingNew() throws IOException {
    cut.receive(full);
    assertEquals("2:2", cut.list("INBOX"));
    full.receive(cut);
    assertEquals("2:2", full.list("INBOX"));
    assertEquals(full.blobs.rows.common(), cut.blobs.rows.common());
  }

  @Test
  void additionByAnotherDoesNotBringItBack() throws IOException {
    Side other = new Side(5).at(5);
    other.add("Work", 1);
    Side late = new Side(6).at(30);
    late.receive(other);
    takeBeforeTheExpunging(late);
    cut.receive(other);
    Side.meet(full.at(30), cut, late, other);
    for (Side side : List.of(cut, late, other)) {
      assertEquals(full.blobs.rows.common(), side.blobs.rows.common());
      assertEquals("", side.list("Work"));
    }
  }

  @Test
  void importingItAgainMeanwhileChangesNothing() throws IOException {
    assertTrue(cut.account.isForgotten(Side.id(1)));
    assertEquals(0, cut.add("INBOX", 1));
    assertEquals("2:2", cut.list("INBOX"));
    assertEquals(ownChanges, ownChangesOf(cut));
  }

  @Test
  void nothingIsSaidOfItWhereTheExpungingComes() throws IOException {
    cut.receive(one);
    assertEquals(ownChanges, ownChangesOf(cut));
    assertTrue(cut.store.index(Side.ACCOUNT).forgottenElsewhere(null, 1).isEmpty());
    assertTrue(cut.account.isForgotten(Side.id(1)));
  }

  @Test
  void nothingIsSaidOfItWhereThePeerHasMoreToTell() throws IOException {
    cut.exchange().expungeForgotten(Side.ACCOUNT, one.exchange().seen(Side.ACCOUNT));
    assertEquals(ownChanges, ownChangesOf(cut));
    VersionVector less = full.exchange().seen(Side.ACCOUNT).only(1);
    cut.exchange().expungeForgotten(Side.ACCOUNT, less);
    assertEquals(ownChanges + 1, ownChangesOf(cut));
  }

  @Test
  void moreItemsThanOneChangeMayNameAreExpunged() throws IOException {
    int count = LogAccount.EXPUNGED_AT_ONCE + 3;
    Side many = new Side(7);
    for (int i = 1; i <= count; i++) {
      many.add("INBOX", i);
    }
    Side known = new Side(8);
    known.receive(many);
    many.at(10);
    for (int i = 1; i <= count; i++) {
      many.account.expunge(many.unit, Side.id(i));
    }
    many.at(20).store.forgetExpungedBefore(many.now());
    List<byte[]> changes = many.lackedBy(VersionVector.NOTHING);
    Side lacks = new Side(9).at(20);
    lacks.exchange().take(lacks.unit, Side.ACCOUNT, changes.subList(0, count + 2));
    VersionVector theirs = known.exchange().seen(Side.ACCOUNT);
    List<byte[]> rest = known.lackedBy(lacks.exchange().seen(Side.ACCOUNT));
    lacks.exchange().take(lacks.unit, Side.ACCOUNT, rest);
    int commits = lacks.blobs.commits;
    lacks.exchange().expungeForgotten(Side.ACCOUNT, theirs);
    assertTrue(lacks.blobs.commits >= commits + 2, "others get through in between");
    assertTrue(lacks.store.index(Side.ACCOUNT).forgottenElsewhere(null, 1).isEmpty());
    known.receive(lacks);
    assertEquals("", known.list("INBOX"));
    assertEquals(List.of(), IndexCheck.findings(lacks.store));
  }

  /** What came back, was expunged again, and is known as forgotten only is not there: try again. */
  @Test
  void whatCameBackAndIsKnownAsForgottenOnlyCanBeRestoredOnceMore() throws IOException {
    Side source = new Side(7);
    source.add("INBOX", 1);
    Side lacks = new Side(8);
    lacks.receive(source);
    source.at(10).account.expunge(source.unit, Side.id(1));
    lacks.at(10).receive(source);
    source.at(11).account.restore(source.unit, Side.id(1), source.open("INBOX"));
    source.at(12).account.expunge(source.unit, ItemIds.restored(Side.id(1)));
    source.at(20).store.forgetExpungedBefore(source.now());
    List<byte[]> changes = source.lackedBy(lacks.exchange().seen(Side.ACCOUNT));
    lacks.at(20);
    lacks.exchange().take(lacks.unit, Side.ACCOUNT, changes.subList(0, changes.size() - 1));
    assertFalse(lacks.account.wasRestored(Side.id(1)), "it is listed");
    long uid = lacks.account.restore(lacks.unit, Side.id(1), lacks.open("INBOX"));
    assertTrue(uid > 0);
    assertEquals(0, lacks.account.restore(lacks.unit, Side.id(1), lacks.open("INBOX")));
    assertTrue(lacks.account.wasRestored(Side.id(1)));
    Side.meet(source, lacks);
    assertEquals(source.blobs.rows.common(), lacks.blobs.rows.common());
    assertEquals(lacks.list("INBOX"), source.list("INBOX"));
    assertTrue(lacks.list("INBOX").startsWith(uid + ":"));
  }

  @Test
  void peerThatKnowsNothingOfTheAccountProvesNothing() throws IOException {
    cut.exchange().expungeForgotten(Side.ACCOUNT, VersionVector.NOTHING);
    assertEquals(ownChanges, ownChangesOf(cut));
  }

  @Test
  void accountsAreFoundByTheirRows() throws IOException {
    assertEquals(List.of(), full.exchange().accountsWithForgotten());
    assertEquals(List.of(Side.ACCOUNT), cut.exchange().accountsWithForgotten());
    cut.receive(one);
    assertEquals(List.of(), cut.exchange().accountsWithForgotten());
  }
}
