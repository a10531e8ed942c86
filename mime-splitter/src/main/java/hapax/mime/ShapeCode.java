package hapax.mime;

import java.nio.charset.StandardCharsets;

/**
 * The byte code of a {@link Base64Shape}; {@code doc/recipe.md} has the table. Written by {@link
 * ShapeBuilder}, read by {@link ShapeRows}.
 *
 * <p>A row is a number of alphabet characters and the gap behind them. Gaps have numbers: those
 * below {@link #firstOwnGap()} are the same for all shapes, the others are defined by the row that
 * has them first, counting up to 239; gaps beyond have no number. A byte below {@link #RUN} is a
 * gap's number and starts a single row.
 */
final class ShapeCode {
  /** Gap number, width, count: that many equal rows. */
  static final int RUN = 240;

  /** Byte, width: one row with that byte as its gap. Defines the gap. */
  static final int NEW_BYTE_ROW = 241;

  /** Length, bytes, width: one row with those bytes as its gap. Defines the gap. */
  static final int NEW_ROW = 242;

  /** Bits: the alphabet characters so far are a stretch of their own, with an incomplete end. */
  static final int STRETCH_END = 243;

  /** Length, bytes: what stands behind the content. Nothing follows it. */
  static final int TAIL = 244;

  /**
   * Longest gap of one row, in bytes; a longer one goes on in rows of no width. Short, so that a
   * thousand blank lines become a run of equal rows.
   */
  static final int LONGEST_GAP = 32;

  private static final byte[][] COMMON_GAPS =
      gaps(
          "",
          "\r\n",
          "\n",
          "=",
          "==",
          "=\r\n",
          "==\r\n",
          "=\n",
          "==\n",
          "\r\n\r\n",
          "\n\n",
          " \r\n",
          " \n",
          "\r\n ",
          "\n ",
          "\r\n\t",
          "\n\t");

  private ShapeCode() {}

  private static byte[][] gaps(String... texts) {
    byte[][] gaps = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      gaps[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
    }
    return gaps;
  }

  /** Number of the first gap that a shape defines itself. */
  static int firstOwnGap() {
    return COMMON_GAPS.length;
  }

  /** The bytes of a gap that all shapes share; not to be changed. */
  static byte[] commonGap(int number) {
    return COMMON_GAPS[number];
  }
}
