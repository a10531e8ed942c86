package hapax.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The base64 alphabet (RFC 4648, table 1), both ways. The pad character does not belong to it. */
final class Base64Alphabet {
  /** What {@link #value} gives for a byte that is not in the alphabet. */
  static final int NONE = -1;

  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = values();

  private Base64Alphabet() {}

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) NONE);
    for (int i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = (byte) i;
    }
    return values;
  }

  /** The six bits that {@code digit} stands for, or {@link #NONE}. */
  static int value(byte digit) {
    return VALUES[digit & 0xff];
  }

  static boolean contains(byte digit) {
    return VALUES[digit & 0xff] >= 0;
  }

  /** Index of the first byte in {@code [from, to)} that is not in the alphabet, or {@code to}. */
  static int end(byte[] text, int from, int to) {
    int i = from;
    while (i + 4 <= to
        && (VALUES[text[i] & 0xff]
                | VALUES[text[i + 1] & 0xff]
                | VALUES[text[i + 2] & 0xff]
                | VALUES[text[i + 3] & 0xff])
            >= 0) {
      i += 4;
    }
    while (i < to && VALUES[text[i] & 0xff] >= 0) {
      i++;
    }
    return i;
  }

  static byte digit(int value) {
    return DIGITS[value];
  }
}
