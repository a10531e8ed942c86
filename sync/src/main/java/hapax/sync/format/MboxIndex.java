package hapax.sync.format;

import java.util.Arrays;

/**
 * Where the messages of an mbox are.
 *
 * <p>For message {@code n}, its From_ line begins at {@code fromLine(n)} and its bytes are {@code
 * [start(n), end(n))}; the blank line that separates it from the next is not among them.
 */
final class MboxIndex {
  private static final int COLUMNS = 3;

  private long[] offsets = new long[COLUMNS * 64];
  private int count;
  private boolean quotedTwice;
  private boolean cut;

  void begin(long fromLine, long start) {
    if (COLUMNS * (count + 1) > offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    }
    offsets[COLUMNS * count] = fromLine;
    offsets[COLUMNS * count + 1] = start;
    count++;
  }

  void end(long end) {
    offsets[COLUMNS * (count - 1) + 2] = end;
  }

  /** Whether the last message has begun and not ended. */
  boolean isOpen() {
    return count > 0 && end(count - 1) == 0;
  }

  long lastStart() {
    return start(count - 1);
  }

  void sawQuotedTwice() {
    quotedTwice = true;
  }

  void cut(boolean inMidLine) {
    cut = inMidLine;
  }

  int count() {
    return count;
  }

  long fromLine(int n) {
    return offsets[COLUMNS * n];
  }

  long start(int n) {
    return offsets[COLUMNS * n + 1];
  }

  long end(int n) {
    return offsets[COLUMNS * n + 2];
  }

  /** Whether some line begins with {@code >>From }, which only mboxrd writes as a rule. */
  boolean hasQuotedTwice() {
    return quotedTwice;
  }

  /** Whether the file ends in the middle of a line. */
  boolean isCut() {
    return cut;
  }
}
