package hapax.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts stored messages into runs, each for one thread: at least {@link #SHORTEST} messages but the
 * last, and no more than that if their places are not known.
 */
final class StoredRuns {
  static final int SHORTEST = 256;
  private static final int LONGEST = 4_096;

  private final Consumer<List<StoredItem>> to;
  private List<StoredItem> run = new ArrayList<>();
  private int length = SHORTEST;

  StoredRuns(Consumer<List<StoredItem>> to) {
    this.to = to;
  }

  /**
   * Says how long runs of messages whose places are known should be, the rest of the last group not
   * counted: long ones cross fewer ends of groups, short ones keep all processors busy.
   */
  void aimAt(long messages) {
    length = (int) Math.max(SHORTEST, Math.min(messages, LONGEST));
  }

  /** Adds a message whose place is not known. */
  void add(StoredItem message) {
    run.add(message);
    if (run.size() >= SHORTEST) {
      end();
    }
  }

  /** Adds a message whose place is known; a group that is decoded for one run serves no other. */
  void addBeside(StoredItem message) {
    if (run.size() >= length && !message.isBeside(run.get(run.size() - 1))) {
      end();
    }
    run.add(message);
  }

  /** Ends the run; the next message begins another. */
  void end() {
    if (!run.isEmpty()) {
      List<StoredItem> ready = run;
      run = new ArrayList<>();
      to.accept(ready);
    }
  }
}
