package hapax.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in byte arrays, eight bytes at a time. A word with a zero byte in it is found by the
 * borrow that subtracting ones sends into that byte's top bit.
 */
final class Scan {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long DASHES = ONES * '-';

  private Scan() {}

  /** Index of the first line feed in {@code [from, to)}, or {@code to}. */
  static int lineFeed(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long marks = zeros((long) WORD.get(bytes, i) ^ LINE_FEEDS);
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /**
   * Index of the first {@code --} in {@code [from, to)} whose line starts with it, or {@code to}. A
   * line starts behind a line feed; the caller looks at {@code from} itself. Base64 has no dash, so
   * almost all words of an attachment are passed over by one test.
   */
  static int delimiter(byte[] bytes, int from, int to) {
    int i = from + 1;
    for (; i + 16 <= to; i += 16) {
      long low = zeros((long) WORD.get(bytes, i) ^ DASHES);
      long high = zeros((long) WORD.get(bytes, i + 8) ^ DASHES);
      if ((low | high) != 0) {
        int found = candidate(bytes, i, Math.min(i + 16, to - 1));
        if (found >= 0) {
          return found;
        }
      }
    }
    int found = candidate(bytes, i, to - 1);
    return found >= 0 ? found : to;
  }

  private static int candidate(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '-' && bytes[i - 1] == '\n' && bytes[i + 1] == '-') {
        return i;
      }
    }
    return -1;
  }

  private static long zeros(long word) {
    return (word - ONES) & ~word & TOPS;
  }
}
