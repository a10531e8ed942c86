package hapax.sync;

import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Puts the messages of many folders into one order, by delivery. The copies of a mail that went to
 * many accounts, and the answers that quote it, then reach the store together, and so stand in one
 * group, where they cost next to nothing. Measured on mail of 50 accounts: slim records a third
 * smaller than folder by folder.
 */
final class FolderMerge {
  /** Most messages whose names are held at once; beyond that a next merge begins. */
  private static final int MOST_HELD = 200_000;

  /** How many messages are put in order, and then handed on folder by folder. */
  private static final int WINDOW = 256;

  private static final Comparator<Cursor> BY_DELIVERY =
      Comparator.<Cursor>comparingLong(cursor -> cursor.due)
          .thenComparingInt(cursor -> cursor.number);

  private final List<Cursor> cursors = new ArrayList<>();
  private int held;

  /** Takes the next messages of a folder. */
  @FunctionalInterface
  interface RunTaker {
    void run(List<SourceMessage> messages) throws IOException;
  }

  /** How far one folder is. */
  private static final class Cursor {
    private final int number;
    private final List<SourceMessage> messages;
    private final RunTaker taker;
    private int next;
    private long due;

    Cursor(int number, List<SourceMessage> messages, RunTaker taker) {
      this.number = number;
      this.messages = messages;
      this.taker = taker;
      this.due = messages.get(0).delivered();
    }

    /** Takes the next message; says whether there are more. */
    boolean moveInto(List<SourceMessage> run) {
      run.add(messages.get(next));
      next++;
      boolean more = next < messages.size();
      due = more ? messages.get(next).delivered() : 0;
      return more;
    }
  }

  /**
   * Adds a folder's messages, which are in order of delivery; merges what is there if it is enough.
   */
  void add(List<SourceMessage> messages, RunTaker taker) throws IOException {
    if (!messages.isEmpty()) {
      cursors.add(new Cursor(cursors.size(), messages, taker));
      held += messages.size();
    }
    if (held > MOST_HELD) {
      finish();
    }
  }

  /** Hands on all messages that are held. */
  void finish() throws IOException {
    PriorityQueue<Cursor> queue = new PriorityQueue<>(BY_DELIVERY);
    queue.addAll(cursors);
    cursors.clear();
    held = 0;
    while (!queue.isEmpty()) {
      handOn(window(queue));
    }
  }

  private static Map<Cursor, List<SourceMessage>> window(PriorityQueue<Cursor> queue) {
    Map<Cursor, List<SourceMessage>> window = new LinkedHashMap<>();
    for (int n = 0; n < WINDOW && !queue.isEmpty(); n++) {
      Cursor cursor = queue.remove();
      if (cursor.moveInto(window.computeIfAbsent(cursor, first -> new ArrayList<>()))) {
        queue.add(cursor);
      }
    }
    return window;
  }

  private static void handOn(Map<Cursor, List<SourceMessage>> window) throws IOException {
    for (Map.Entry<Cursor, List<SourceMessage>> run : window.entrySet()) {
      run.getKey().taker.run(run.getValue());
    }
  }
}
