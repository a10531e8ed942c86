package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.blob.CorruptStoreException;
import hapax.blob.RecordId;
import hapax.sync.ItemState.Added;
import hapax.sync.ItemState.FlagState;
import hapax.sync.ItemState.Moved;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ItemRowTest {
  private static final MailboxId MAILBOX = new MailboxId(0xb0b1b2b3b4b5b6b7L, 0xb8b9babbbcbdbebfL);
  private static final RecordId MESSAGE =
      RecordId.parse("c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf");

  private static Stamp stamp(long millis) {
    return new Stamp(Stamp.timeOf(1_800_000_000_000L + millis), 1);
  }

  private static ItemState example() {
    ItemState item = new ItemState();
    item.join(new Added(stamp(0), MAILBOX, MESSAGE, 101, 1000));
    item.joinUid(new Visit(Stamp.NONE, MAILBOX), 1);
    item.joinFlag("\\Seen", new FlagState(stamp(0), true));
    item.joinFlag("work", new FlagState(stamp(1000), false));
    return item;
  }

  @Test
  void exampleOnThePageIsThisRow() throws IOException {
    assertEquals(PageExample.hex("index.md"), HexFormat.of().formatHex(ItemRow.encode(example())));
  }

  @Test
  void everyFieldComesBack() throws IOException {
    ItemState item = example();
    item.join(new Moved(stamp(2000), new MailboxId(1, 2)));
    item.join(new Added(stamp(1), new MailboxId(1, 3), MESSAGE, 101, 1000));
    item.joinUid(new Visit(stamp(2000), new MailboxId(1, 2)), 0xFFFF_FFFFL);
    item.joinExpunged(stamp(3000));
    item.joinFlag("x", new FlagState(stamp(4000), true));
    ItemState back = ItemRow.decode(ItemRow.encode(item));
    assertEquals(item.added(), back.added());
    assertEquals(item.moved(), back.moved());
    assertEquals(item.expunged(), back.expunged());
    assertEquals(item.uids(), back.uids());
    assertEquals(1, back.uids().size());
    assertTrue(back.addedToSeveral());
    assertEquals(item.flags(), back.flags());
  }

  @Test
  void decodeShouldFailWhereverARowIsCut() {
    byte[] row = ItemRow.encode(example());
    for (int length = 0; length < row.length; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      assertThrows(CorruptStoreException.class, () -> ItemRow.decode(cut));
    }
    assertThrows(
        CorruptStoreException.class, () -> ItemRow.decode(Arrays.copyOf(row, row.length + 1)));
  }
}
