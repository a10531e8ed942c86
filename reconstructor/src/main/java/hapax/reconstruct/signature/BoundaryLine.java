package hapax.reconstruct.signature;

import java.nio.charset.StandardCharsets;

/**
 * A line that begins with two dashes and so may be a boundary.
 *
 * @param text what follows the dashes, without blanks at the end
 * @param closes the same without two more dashes at the end; empty if there are none
 */
record BoundaryLine(String text, String closes) {
  /** RFC 2046 allows 70; programs write more. */
  private static final int LONGEST = 1_000;

  static BoundaryLine read(byte[] line, int length) {
    int end = Math.min(length, LONGEST);
    while (end > 2 && HeaderBlock.isBlank(line[end - 1])) {
      end--;
    }
    String text = new String(line, 2, end - 2, StandardCharsets.ISO_8859_1);
    boolean closing = text.endsWith("--");
    return new BoundaryLine(
        text, closing ? text.substring(0, text.length() - 2).stripTrailing() : "");
  }
}
