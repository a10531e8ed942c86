package hapax.sync;

import hapax.sync.format.DeliveredMessages;
import hapax.sync.format.SourceMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of many folders into one order, by delivery. The copies of a mail that went to
 * many accounts, and the answers that quote it, then reach the store together, and so stand in one
 * group, where they cost next to nothing. Measured on mail of 50 accounts: slim records a third
 * smaller than folder by folder.
 */
final class FolderMerge {
  /** Names of messages held at once beyond which no further folder joins a merge. */
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
    private final DeliveredMessages messages;
    private final RunTaker taker;
    private @Nullable SourceMessage next;
    private long due;

    Cursor(int number, DeliveredMessages messages, RunTaker taker) {
      this.number = number;
      this.messages = messages;
      this.taker = taker;
    }

    /** Reads the next message; says whether there is one. */
    boolean read() throws IOException {
      SourceMessage read = messages.next();
      next = read;
      due = read == null ? 0 : read.delivered();
      return read != null;
    }

    /** Takes the message that was read. */
    void moveInto(List<SourceMessage> run) {
      if (next != null) {
        run.add(next);
      }
    }
  }

  /** Adds a folder's messages; merges what is there if it is enough. */
  void add(DeliveredMessages messages, RunTaker taker) throws IOException {
    Cursor cursor = new Cursor(cursors.size(), messages, taker);
    if (cursor.read()) {
      cursors.add(cursor);
      held += messages.held();
    }
    if (held > MOST_HELD) {
      finish();
    }
  }

  /** Hands on all messages of the folders that were added. */
  void finish() throws IOException {
    PriorityQueue<Cursor> queue = new PriorityQueue<>(BY_DELIVERY);
    queue.addAll(cursors);
    cursors.clear();
    held = 0;
    while (!queue.isEmpty()) {
      handOn(window(queue));
    }
  }

  private static Map<Cursor, List<SourceMessage>> window(PriorityQueue<Cursor> queue)
      throws IOException {
    Map<Cursor, List<SourceMessage>> window = new LinkedHashMap<>();
    for (int n = 0; n < WINDOW && !queue.isEmpty(); n++) {
      Cursor cursor = queue.remove();
      cursor.moveInto(window.computeIfAbsent(cursor, first -> new ArrayList<>()));
      if (cursor.read()) {
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
