package hapax.sync;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Items of many mailboxes in the order in which they came into the store, read a page at a time. In
 * this order the messages stand in the store, so each group of records is decoded about once,
 * however many mailboxes its messages went to.
 */
final class ItemsByArrival {
  private static final int PAGE = 64;

  private static final Comparator<Cursor> BY_ARRIVAL =
      Comparator.comparing((Cursor cursor) -> cursor.page.getFirst().saved())
          .thenComparingInt(cursor -> cursor.number);

  private final PriorityQueue<Cursor> cursors = new PriorityQueue<>(BY_ARRIVAL);
  private int mailboxes;

  /** An item, and the folder into which it goes. */
  record Outgoing(FolderExport folder, Item item) {}

  /** How far one mailbox is. */
  private static final class Cursor {
    private final int number;
    private final FolderExport folder;
    private final ArrayDeque<Item> page = new ArrayDeque<>();
    private long nextUid = 1;

    Cursor(int number, FolderExport folder) {
      this.number = number;
      this.folder = folder;
    }

    /** Reads the next page if this one is at its end; says whether there are more items. */
    boolean fill() throws IOException {
      if (page.isEmpty()) {
        folder
            .account()
            .items(
                folder.mailbox().id(),
                nextUid,
                item -> {
                  page.add(item);
                  nextUid = item.uid() + 1;
                  return page.size() < PAGE;
                });
      }
      return !page.isEmpty();
    }
  }

  /** Adds a mailbox. */
  void add(FolderExport folder) throws IOException {
    Cursor cursor = new Cursor(mailboxes++, folder);
    if (cursor.fill()) {
      cursors.add(cursor);
    }
  }

  /** The next items, at most {@code most}; none when there are no more. */
  List<Outgoing> next(int most) throws IOException {
    List<Outgoing> run = new ArrayList<>();
    while (run.size() < most && !cursors.isEmpty()) {
      Cursor cursor = cursors.remove();
      run.add(new Outgoing(cursor.folder, cursor.page.remove()));
      if (cursor.fill()) {
        cursors.add(cursor);
      }
    }
    return run;
  }
}
