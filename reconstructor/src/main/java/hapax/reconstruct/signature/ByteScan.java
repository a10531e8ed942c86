package hapax.reconstruct.signature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at bytes eight at a time: most lines are longer than that. */
final class ByteScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long BLANKS = ' ' * ONES;
  private static final long TABS = '\t' * ONES;

  /** Control characters up to the carriage return are below these. */
  private static final long CONTROLS = ('\r' + 1) * ONES;

  private ByteScan() {}

  /** The first place of {@code wanted}, which is ASCII, in {@code [from, to)}, or {@code to}. */
  static int indexOf(byte[] bytes, int from, int to, char wanted) {
    long pattern = wanted * ONES;
    int i = from;
    while (i <= to - 4 * Long.BYTES && !hasZero(bytes, i, pattern)) {
      i += 4 * Long.BYTES;
    }
    while (i <= to - Long.BYTES) {
      long found = zeros(word(bytes, i) ^ pattern) & HIGHS;
      if (found != 0) {
        return i + place(found);
      }
      i += Long.BYTES;
    }
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** Whether one of 32 bytes is that of {@code pattern}. */
  private static boolean hasZero(byte[] bytes, int at, long pattern) {
    long found =
        zeros(word(bytes, at) ^ pattern)
            | zeros(word(bytes, at + Long.BYTES) ^ pattern)
            | zeros(word(bytes, at + 2 * Long.BYTES) ^ pattern)
            | zeros(word(bytes, at + 3 * Long.BYTES) ^ pattern);
    return (found & HIGHS) != 0;
  }

  /** The eight bytes at {@code at}. */
  private static long word(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /**
   * The first place in {@code [from, to)} at which relaxed canonicalisation (RFC 6376 section
   * 3.4.4) may change something, or {@code to}: a tab, or a blank before a blank, a carriage return
   * or the end.
   */
  static int unevenBlank(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to - 2 * Long.BYTES) {
      long first = uneven(bytes, i) & HIGHS;
      long second = uneven(bytes, i + Long.BYTES) & HIGHS;
      if ((first | second) == 0) {
        i += 2 * Long.BYTES;
        continue;
      }
      i += first != 0 ? place(first) : Long.BYTES + place(second);
      if (isUneven(bytes, i, to)) {
        return i;
      }
      i++;
    }
    while (i < to && !isUneven(bytes, i, to)) {
      i++;
    }
    return i;
  }

  /**
   * Copies {@code from[at, to)} up to the first byte that canonicalisation over CRLF may change: a
   * line end or another control character, and with {@code blanks} an uneven blank. It may stop
   * earlier, near the end of either array; and write up to eight bytes more than it says.
   *
   * @return how many bytes were copied
   */
  static int copyPlain(byte[] from, int at, int to, byte[] into, int position, boolean blanks) {
    int most = Math.min(to - at - 1, into.length - position) - Long.BYTES;
    int n = 0;
    while (n <= most) {
      long word = word(from, at + n);
      LONG.set(into, position + n, word);
      long found = below(word, CONTROLS);
      if (blanks) {
        long next = word(from, at + n + 1);
        found |= zeros(word ^ BLANKS) & below(next, BLANKS + ONES);
      }
      if ((found & HIGHS) != 0) {
        return n + place(found & HIGHS);
      }
      n += Long.BYTES;
    }
    return n;
  }

  private static boolean isUneven(byte[] bytes, int at, int to) {
    if (bytes[at] != ' ' || at + 1 == to) {
      return bytes[at] == '\t' || bytes[at] == ' ';
    }
    return bytes[at + 1] == ' ' || bytes[at + 1] == '\t' || bytes[at + 1] == '\r';
  }

  /**
   * Has the highest bit set of each of eight bytes that is a tab, or a blank before another or a
   * carriage return, and of some others that are rare.
   */
  private static long uneven(byte[] bytes, int at) {
    long word = word(bytes, at);
    long next = word(bytes, at + 1);
    return below(word, TABS + ONES) | (zeros(word ^ BLANKS) & below(next, BLANKS + ONES));
  }

  /** Which of eight bytes is the first that has its highest bit set. */
  private static int place(long found) {
    return Long.numberOfTrailingZeros(found) / Byte.SIZE;
  }

  /** The same for bytes that are 0. */
  private static long zeros(long word) {
    return below(word, ONES);
  }

  /**
   * Has the highest bit set of each byte below that of {@code bounds}, and perhaps of others above
   * one such: it borrows from them.
   */
  private static long below(long word, long bounds) {
    return (word - bounds) & ~word;
  }
}
