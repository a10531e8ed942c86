package hapax.mime;

import java.io.IOException;

/**
 * Tells content from text that something put behind it, such as a mailing list's footer. The rule
 * is written down in {@code doc/splitting.md}, "Where content ends".
 */
final class EndOfContent {
  /** Bytes at the end of a part in which trailing text is looked for. */
  private static final int REACH = 16 << 10;

  /** A line of so many characters of the alphabet and nothing else is base64. */
  private static final int LONG_LINE = 30;

  /** The same for the line after padding. */
  private static final int NEXT_LINE = 24;

  /** Bytes of the line after padding that are looked at. */
  private static final int NEXT_LINE_SEEN = 256;

  /** Trailing text has at least so many bytes that base64 would not have … */
  private static final int LEAST_FOREIGN = 3;

  private static final byte VERTICAL_TAB = 0x0B;
  private static final byte FORM_FEED = 0x0C;

  /** … and at least one in so many. */
  private static final int FOREIGN_SHARE = 25;

  /** Bytes before trailing text that must be free of junk; else junk is just everywhere. */
  private static final int CLEAN_BEFORE = 600;

  private final Window window;

  // The line that was looked at last: without blanks and padding at its edges.
  private int coreLength;
  private int coreForeign;

  EndOfContent(Window window) {
    this.window = window;
  }

  /** Whether base64 goes on at {@code position}, right after a gap with padding in it. */
  boolean goesOnAt(long position, long end) throws IOException {
    int seen = (int) Math.min(NEXT_LINE_SEEN, end - position);
    window.show(position, seen);
    int from = window.index(position);
    look(from, Scan.lineFeed(window.buffer, from, from + seen));
    return coreForeign == 0 && coreLength >= NEXT_LINE;
  }

  /** Start of the text behind the content of {@code [start, end)}, or {@code end}. */
  long beforeTrailingText(long start, long end) throws IOException {
    long from = Math.max(start, end - REACH);
    // A part that fits into the window is loaded once, not its end first and then the rest.
    window.show(end - start <= Window.CAPACITY ? start : from, (int) (end - from));
    window.show(from, (int) (end - from));
    int low = window.index(from);
    int cut = cut(low, window.index(end));
    return cut >= 0 && isCleanBefore(low, cut) ? window.base + cut : end;
  }

  /** The topmost line below all long lines of base64 that has foreign bytes, or -1. */
  private int cut(int low, int high) {
    int cut = -1;
    int foreign = 0;
    int length = 0;
    int lineEnd = high;
    while (lineEnd > low) {
      int lineStart = lineStart(low, lineEnd);
      look(lineStart, lineEnd);
      if (coreForeign == 0 && coreLength >= LONG_LINE) {
        boolean enough = foreign >= LEAST_FOREIGN && foreign * FOREIGN_SHARE >= length;
        return enough ? cut : -1;
      }
      foreign += coreForeign;
      length += coreLength;
      cut = coreForeign > 0 ? lineStart : cut;
      lineEnd = lineStart;
    }
    return -1;
  }

  /** Start of the line that ends, with its line feed if it has one, at {@code lineEnd}. */
  private int lineStart(int low, int lineEnd) {
    int i = lineEnd - 1;
    while (i > low && window.buffer[i - 1] != '\n') {
      i--;
    }
    return i;
  }

  private void look(int from, int to) {
    byte[] text = window.buffer;
    int low = from;
    int high = to;
    while (low < high && isSpace(text[low])) {
      low++;
    }
    while (high > low && (isSpace(text[high - 1]) || text[high - 1] == '=')) {
      high--;
    }
    coreLength = high - low;
    coreForeign = 0;
    for (int i = low; i < high; i++) {
      coreForeign += Base64Alphabet.contains(text[i]) ? 0 : 1;
    }
  }

  /** Blanks, and the vertical tab and form feed that some printers and scanners end a text with. */
  private static boolean isSpace(byte b) {
    return Ascii.isBlank(b) || b == VERTICAL_TAB || b == FORM_FEED;
  }

  private boolean isCleanBefore(int low, int cut) {
    int from = Math.max(low, cut - CLEAN_BEFORE);
    for (int i = from; i < cut; i++) {
      byte b = window.buffer[i];
      if (!Ascii.isBlank(b) && b != '=' && !Base64Alphabet.contains(b)) {
        return false;
      }
    }
    return true;
  }
}
