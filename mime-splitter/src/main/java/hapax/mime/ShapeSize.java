package hapax.mime;

/**
 * What a shape's byte code amounts to.
 *
 * @param text length of the text, in bytes
 * @param content length of the content, in bytes
 */
record ShapeSize(long text, long content) {
  /**
   * Walks over the whole code and checks it.
   *
   * @throws IllegalArgumentException naming offset, expected and found, if {@code code} is none
   */
  static ShapeSize of(byte[] code) {
    ShapeRows rows = new ShapeRows(code);
    long text = 0;
    long content = 0;
    long digits = 0;
    try {
      while (true) {
        int start = rows.position();
        switch (rows.next()) {
          case ROWS -> {
            digits = Math.addExact(digits, Math.multiplyExact(rows.width, rows.count));
            long row = Math.addExact(rows.width, rows.length);
            text = Math.addExact(text, Math.multiplyExact(row, rows.count));
          }
          case STRETCH_END -> {
            checkBits(rows, start, digits);
            content += bytes(digits);
            digits = 0;
          }
          case TAIL -> text = Math.addExact(text, rows.length);
          case END -> {
            if ((digits & 3) != 0) {
              throw rows.wrong(start, "the end of a stretch of " + digits, "the end");
            }
            return new ShapeSize(text, content + bytes(digits));
          }
        }
      }
    } catch (ArithmeticException tooLong) {
      throw rows.wrong(rows.position(), "a text of less than 2^63 bytes", "more");
    }
  }

  /** Bytes of content in a stretch of {@code digits} alphabet characters. */
  static long bytes(long digits) {
    return digits / 4 * 3 + Math.max(0, (digits & 3) - 1);
  }

  private static void checkBits(ShapeRows rows, int start, long digits) {
    int most =
        switch ((int) (digits & 3)) {
          case 1 -> 63;
          case 2 -> 15;
          case 3 -> 3;
          default -> -1;
        };
    if (rows.bits > most) {
      throw rows.wrong(
          start, "bits of at most " + most + " after " + digits, Integer.toString(rows.bits));
    }
  }
}
