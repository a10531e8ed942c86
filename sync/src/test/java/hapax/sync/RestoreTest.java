package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Expunged items that come back. */
class RestoreTest {
  private Side one;
  private MailboxId inbox;

  @BeforeEach
  void anItemIsExpunged() throws IOException {
    one = new Side(1);
    one.add("INBOX", 1, "\\Seen", "work");
    inbox = one.mailbox("INBOX").id();
    one.at(5).account.expunge(one.unit, Side.id(1));
  }

  private long restore(Side side) throws IOException {
    return side.account.restore(side.unit, Side.id(1), inbox);
  }

  private Item only(Side side) throws IOException {
    List<Item> items = new ArrayList<>();
    side.account.items(inbox, 1, items::add);
    assertEquals(1, items.size());
    return items.get(0);
  }

  @Test
  void restoredItemIsANewOneOfTheSameMessage() throws IOException {
    assertEquals(2, restore(one));
    Item back = only(one);
    assertEquals(Side.message(1), back.message());
    assertEquals(Set.of("\\Seen", "work"), back.flags());
    assertEquals(one.item(1).orElseThrow().internalDate(), back.internalDate());
    assertEquals(2, one.blobs.rows.holders.size());
  }

  @Test
  void restoringAgainChangesNothing() throws IOException {
    restore(one);
    assertEquals(0, restore(one));
    one.add("INBOX", 2);
    assertEquals(0, one.account.restore(one.unit, Side.id(2), inbox), "never expunged");
    assertEquals(0, one.account.restore(one.unit, Side.id(3), inbox), "never there");
  }

  @Test
  void whatWasRestoredAndExpungedAgainComesBackOnce() throws IOException {
    restore(one);
    Item back = only(one);
    one.account.expunge(one.unit, back.id());
    assertEquals(3, restore(one));
    assertEquals(0, one.account.restore(one.unit, back.id(), inbox));
    assertEquals(Side.message(1), only(one).message());
  }

  @Test
  void restoredOnTwoReplicasItIsOneItem() throws IOException {
    Side two = new Side(2);
    two.receive(one);
    restore(one);
    restore(two.at(9));
    Side.meet(one, two);
    assertEquals(only(one), only(two));
  }

  @Test
  void whatWasBroughtBackIsNotListedUntilItIsExpungedAgain() throws IOException {
    assertEquals(List.of(Side.id(1)), listed());
    restore(one);
    assertEquals(List.of(), listed());
    Item back = only(one);
    one.account.expunge(one.unit, back.id());
    assertEquals(List.of(back.id()), listed());
  }

  private List<ItemId> listed() throws IOException {
    List<ItemId> listed = new ArrayList<>();
    one.account.expungedItems(
        inbox, item -> one.account.wasRestored(item.id()) || listed.add(item.id()));
    return listed;
  }

  @Test
  void whatIsForgottenStaysAway() throws IOException {
    one.at(20).store.forgetExpungedBefore(Side.moment(10));
    assertEquals(0, restore(one));
  }

  @Test
  void deletedMailboxIsListedWhileItemsCanBeRestored() throws IOException {
    one.add("Work", 2);
    one.add("Work", 3);
    Mailbox work = one.mailbox("Work");
    one.account.delete(one.unit, work);
    List<Mailbox> gone = one.account.deletedMailboxes();
    assertEquals(List.of("Work"), gone.stream().map(Mailbox::name).toList());
    assertEquals(2, gone.get(0).items());
    MailboxId again = one.open("Work");
    one.account.restore(one.unit, Side.id(2), again);
    one.account.restore(one.unit, Side.id(3), again);
    assertEquals(2, one.mailbox("Work").items());
    assertEquals(List.of(), one.account.deletedMailboxes(), "all was brought back");
    one.at(50).store.forgetExpungedBefore(one.now());
    assertEquals(List.of(), one.account.deletedMailboxes());
  }

  @Test
  void generationsOfANameAreTheMailboxAndThoseThatWereDeleted() throws IOException {
    one.add("Work", 9);
    one.account.delete(one.unit, one.mailbox("Work"));
    List<MailboxId> expected = new ArrayList<>();
    for (int item = 2; item < 6; item++) {
      one.add("Tr\u00e4ume", item);
      Mailbox mailbox = one.mailbox("Tr\u00e4ume");
      expected.add(mailbox.id());
      assertEquals(expected, generations("Tr\u00e4ume"), "the last is there");
      one.account.delete(one.unit, mailbox);
      assertEquals(expected, generations("Tr\u00e4ume"), "all are deleted");
    }
    assertEquals(expected, generations("Tra\u0308ume"), "normal form D");
    assertEquals(List.of(inbox), generations("inbox"));
    assertEquals(List.of(), generations("Never"));
  }

  private List<MailboxId> generations(String name) throws IOException {
    return one.account.generations(name).stream().map(Mailbox::id).toList();
  }

  @Test
  void restoringToAMailboxThatIsNotThereIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> one.account.restore(one.unit, Side.id(1), new MailboxId(1, 2)));
  }
}
