package hapax.mime;

import java.io.IOException;

/** Finds lines in a message. A line ends with a line feed; a bare carriage return ends none. */
final class Lines {
  private final Window window;

  Lines(Window window) {
    this.window = window;
  }

  /** Start of the line after the one that {@code position} is in, or the message's end. */
  long next(long position) throws IOException {
    long at = position;
    while (at < window.length()) {
      window.show(at, 1);
      int found = Scan.lineFeed(window.buffer, window.index(at), window.limit);
      if (found < window.limit) {
        return window.base + found + 1;
      }
      at = window.end();
    }
    return at;
  }

  /** Start of the next line, after the one at {@code start}, that begins with {@code --}. */
  long nextDashes(long start) throws IOException {
    long at = start;
    while (true) {
      window.show(at, 3);
      int found = Scan.delimiter(window.buffer, window.index(at), window.limit);
      if (found < window.limit) {
        return window.base + found;
      }
      if (window.end() == window.length()) {
        return window.length();
      }
      at = window.end() - 2;
    }
  }

  /** {@code end} without the line end before it, but not less than {@code start}. */
  long withoutLineEnd(long start, long end) throws IOException {
    long from = Math.max(start, end - 2);
    window.show(from, 2);
    int low = window.index(from);
    int high = window.index(end);
    if (high > low && window.buffer[high - 1] == '\n') {
      high--;
      if (high > low && window.buffer[high - 1] == '\r') {
        high--;
      }
    }
    return window.base + high;
  }
}
