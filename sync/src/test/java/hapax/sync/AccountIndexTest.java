package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.blob.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountIndexTest {
  private final Side side = new Side(1);
  private final Counted rows = new Counted(side.blobs.rows);
  private final AccountIndex index = new AccountIndex(rows, Side.ACCOUNT);

  AccountIndexTest() throws IOException {}

  /** Counts look-ups; a scan shows the rows of the moment when it began. */
  private static final class Counted implements RowReader {
    private final RowReader rows;
    private int gets;

    Counted(RowReader rows) {
      this.rows = rows;
    }

    @Override
    public byte[] get(byte[] key) throws IOException {
      gets++;
      return rows.get(key);
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) throws IOException {
      rows.scan(from, to, visitor);
    }
  }

  @Test
  void listingTakesOneLookUpForEachItem() throws IOException {
    for (int i = 1; i <= 5; i++) {
      side.add("INBOX", i);
    }
    side.account.move(side.unit, Side.id(2), side.open("Work"));
    side.account.expunge(side.unit, Side.id(4));
    List<Long> uids = new ArrayList<>();
    index.items(side.open("INBOX"), 1, item -> uids.add(item.uid()));
    assertEquals(List.of(1L, 3L, 5L), uids);
    assertEquals(3, rows.gets);
  }

  @Test
  void whereItemsStandTakesNoLookUp() throws IOException {
    for (int i = 1; i <= 5; i++) {
      side.add("INBOX", i);
    }
    MailboxId inbox = side.open("INBOX");
    MailboxId work = side.open("Work");
    side.account.move(side.unit, Side.id(2), work);
    side.account.expunge(side.unit, Side.id(4));
    Set<String> found = new HashSet<>();
    index
        .standing()
        .show(
            (mailbox, uid, message) ->
                found.add((mailbox.equals(inbox) ? "INBOX " : "Work ") + uid + " " + message));
    Set<String> expected = new HashSet<>();
    index.items(inbox, 1, item -> expected.add("INBOX " + item.uid() + " " + item.message()));
    index.items(work, 1, item -> expected.add("Work " + item.uid() + " " + item.message()));
    assertEquals(4, expected.size());
    assertEquals(expected, found);
    rows.gets = 0;
    index.standing().show((mailbox, uid, message) -> true);
    assertEquals(0, rows.gets);
  }

  /** What both sides know, before either has given new UIDs. */
  @Test
  void itemsThatWaitForAUidDoNotStandAnywhere() throws IOException {
    Side other = new Side(2);
    side.add("INBOX", 1);
    other.receive(side);
    side.at(2).add("INBOX", 2);
    other.at(3).add("INBOX", 3);
    other.add("INBOX", 4);
    MemoryRows folded = new MemoryRows();
    for (Side each : List.of(side, other)) {
      new ChangeLog(each.blobs).changes(Side.ACCOUNT, change -> ChangeFold.fold(change, folded));
    }
    AccountIndex both = new AccountIndex(folded, Side.ACCOUNT);
    List<String> shown = new ArrayList<>();
    both.items(side.open("INBOX"), 1, item -> shown.add(item.uid() + " " + item.message()));
    assertEquals(List.of("1 " + Side.message(1), "3 " + Side.message(4)), shown);
    List<String> standing = new ArrayList<>();
    both.standing().show((mailbox, uid, message) -> standing.add(uid + " " + message));
    standing.sort(null);
    assertEquals(shown, standing);
    assertEquals(2, both.standing().count());
  }

  @Test
  void oneItemTakesTheLookUpOfItsUidAndItsOwn() throws IOException {
    side.add("INBOX", 1);
    assertEquals(1, index.item(side.open("INBOX"), 1).orElseThrow().uid());
    assertEquals(2, rows.gets);
  }

  @Test
  void itemThatMovesWhileItIsListedHasTheUidOfWhereItIs() throws IOException {
    for (int i = 1; i <= 3; i++) {
      side.add("INBOX", i);
    }
    side.add("Work", 4);
    MailboxId inbox = side.open("INBOX");
    MailboxId work = side.open("Work");
    List<String> items = new ArrayList<>();
    index.items(
        inbox,
        1,
        item -> {
          if (items.isEmpty()) {
            side.account.move(side.unit, Side.id(2), work);
            side.account.move(side.unit, Side.id(3), work);
            side.account.move(side.unit, Side.id(3), inbox);
          }
          return items.add((item.mailbox().equals(inbox) ? "INBOX " : "Work ") + item.uid());
        });
    assertEquals(List.of("INBOX 1", "Work 2", "INBOX 4"), items);
  }
}
