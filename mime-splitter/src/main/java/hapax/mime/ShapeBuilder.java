package hapax.mime;

import java.util.Arrays;

/**
 * Writes the byte code of a shape row by row and knows at any time what it costs. Equal rows in a
 * sequence become one run. The memory is used again for the next shape.
 */
final class ShapeBuilder {
  private static final int SLOTS = 1024;
  private static final int SLOT_SHIFT = 22;

  /** Rows from which on a run costs less than its rows one by one. */
  private static final int SHORTEST_RUN = 3;

  private final ByteSink code = new ByteSink();
  private final byte[][] gaps = new byte[ShapeCode.RUN][];
  private final short[] slots = new short[SLOTS];
  private int gapCount;

  private int runGap;
  private long runWidth;
  private long runCount;

  ShapeBuilder() {
    for (int i = 0; i < ShapeCode.firstOwnGap(); i++) {
      gaps[i] = ShapeCode.commonGap(i);
    }
  }

  void clear() {
    code.clear();
    runCount = 0;
    Arrays.fill(gaps, ShapeCode.firstOwnGap(), ShapeCode.RUN, null);
    Arrays.fill(slots, (short) -1);
    gapCount = 0;
    while (gapCount < ShapeCode.firstOwnGap()) {
      byte[] gap = gaps[gapCount];
      enter(slot(gap, gap.length));
    }
  }

  /** Bytes of the code so far, the open run left out. */
  int cost() {
    return code.length();
  }

  /** Whether the last rows were alike, so that more like them are likely. */
  boolean isRun() {
    return runCount >= SHORTEST_RUN;
  }

  /** Width of the rows of the open run. */
  long runWidth() {
    return runWidth;
  }

  /** Gap of the rows of the open run; not to be changed. */
  byte[] runGap() {
    return gaps[runGap];
  }

  /** Adds rows like those of the open run. */
  void extendRun(long rows) {
    runCount += rows;
  }

  /** Adds a row of {@code width} characters and the gap {@code gap[0, length)}. */
  void row(long width, byte[] gap, int length) {
    int number = number(gap, length);
    if (number < 0) {
      endRun();
      newRow(width, gap, length);
    } else if (runCount > 0 && number == runGap && width == runWidth) {
      runCount++;
    } else {
      endRun();
      runGap = number;
      runWidth = width;
      runCount = 1;
    }
  }

  private void newRow(long width, byte[] gap, int length) {
    code.put(length == 1 ? ShapeCode.NEW_BYTE_ROW : ShapeCode.NEW_ROW);
    if (length != 1) {
      code.putNumber(length);
    }
    code.put(gap, 0, length);
    code.putNumber(width);
    if (gapCount < ShapeCode.RUN) {
      gaps[gapCount] = Arrays.copyOf(gap, length);
      enter(slot(gap, length));
    }
  }

  /** Ends a stretch whose last characters are {@code bits} too many. */
  void endStretch(int bits) {
    endRun();
    code.put(ShapeCode.STRETCH_END);
    code.put(bits);
  }

  /** Announces the tail; its bytes follow with {@link #tailBytes}. */
  void tail(long length) {
    endRun();
    code.put(ShapeCode.TAIL);
    code.putNumber(length);
  }

  void tailBytes(byte[] bytes, int offset, int length) {
    code.put(bytes, offset, length);
  }

  byte[] finish() {
    endRun();
    return code.toArray();
  }

  private void endRun() {
    if (runCount >= SHORTEST_RUN) {
      code.put(ShapeCode.RUN);
      code.put(runGap);
      code.putNumber(runWidth);
      code.putNumber(runCount);
    } else {
      for (; runCount > 0; runCount--) {
        code.put(runGap);
        code.putNumber(runWidth);
      }
    }
    runCount = 0;
  }

  private int number(byte[] gap, int length) {
    if (runCount > 0 && Arrays.equals(gap, 0, length, gaps[runGap], 0, gaps[runGap].length)) {
      return runGap;
    }
    return slots[slot(gap, length)];
  }

  private void enter(int slot) {
    slots[slot] = (short) gapCount++;
  }

  private int slot(byte[] gap, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + gap[i];
    }
    // Gaps of one byte would else stand side by side, and every search would walk past them all.
    int slot = (hash * 0x9e3779b1) >>> SLOT_SHIFT;
    while (slots[slot] >= 0) {
      byte[] other = gaps[slots[slot]];
      if (Arrays.equals(gap, 0, length, other, 0, other.length)) {
        return slot;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }
}
