package hapax.mime;

import java.io.IOException;

/**
 * The delimiter line (RFC 2046, 5.1.1) that was matched last: {@code --boundary} or {@code
 * --boundary--}, then blanks. The whole line is tried first, so a boundary that begins like another
 * is no trouble; only then may other text follow a blank. Of two equal boundaries the inner one is
 * meant.
 */
final class Delimiter {
  /** Bytes in which a delimiter line must end. */
  private static final int LONGEST_LINE = 2048;

  private final Window window;
  private final Enclosing enclosing;

  private long start = -1;
  private long end;
  private int level;
  private boolean closing;

  Delimiter(Window window, Enclosing enclosing) {
    this.window = window;
    this.enclosing = enclosing;
  }

  boolean isAt(long position) {
    return start == position;
  }

  /** Where the line after the delimiter line starts. */
  long end() {
    return end;
  }

  /** The multipart that the line belongs to. */
  int level() {
    return level;
  }

  boolean isClosing() {
    return closing;
  }

  /** Whether the line at {@code position} is a delimiter line of any open multipart. */
  boolean matches(long position) throws IOException {
    if (isAt(position)) {
      return true;
    }
    window.show(position, LONGEST_LINE);
    byte[] bytes = window.buffer;
    int from = window.index(position);
    int most = (int) Math.min(LONGEST_LINE, window.length() - position);
    if (most < 3 || bytes[from] != '-' || bytes[from + 1] != '-') {
      return false;
    }
    int lineFeed = Scan.lineFeed(bytes, from + 2, from + most);
    boolean open = lineFeed == from + most && most == LONGEST_LINE;
    return !open && matches(bytes, from, lineFeed);
  }

  private boolean matches(byte[] bytes, int from, int lineFeed) {
    int to = lineFeed;
    while (to > from + 2 && Ascii.isBlank(bytes[to - 1])) {
      to--;
    }
    level = enclosing.match(bytes, from + 2, to);
    if (level >= 0) {
      int after = from + 2 + enclosing.boundaryLength(level);
      closing = after + 1 < to && bytes[after] == '-' && bytes[after + 1] == '-';
      start = window.base + from;
      end = Math.min(window.base + lineFeed + 1, window.length());
    }
    return level >= 0;
  }
}
