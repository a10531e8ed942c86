package hapax.sync.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the messages of an mbox in one pass, with memory for a window only.
 *
 * <p>A message begins at a line that starts with {@code From } and has a date in it. If the file's
 * first such line has none, the others need none either, but must follow a blank line. A {@code
 * Content-Length} is followed if it leads exactly to the next From_ line or to the end of the file;
 * else it is ignored.
 */
final class MboxScanner {
  private static final String CONTENT_LENGTH = "content-length:";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private final LineWindow window;
  private final MboxIndex index = new MboxIndex();
  private boolean dated = true;

  private MboxScanner(LineWindow window) {
    this.window = window;
  }

  /** Reads a whole file. */
  static MboxIndex scan(Path file) throws IOException {
    try (LineWindow window = new LineWindow(file)) {
      return scan(window);
    }
  }

  static MboxIndex scan(LineWindow window) throws IOException {
    MboxScanner scanner = new MboxScanner(window);
    scanner.scan();
    return scanner.index;
  }

  private void scan() throws IOException {
    while (window.hasLine()) {
      if (isSeparator()) {
        boolean guess = !fromLine().isMboxrd();
        beginMessage();
        skipHeader(guess);
      } else {
        noteQuoting();
        window.skipLine();
      }
      window.skipToMark();
    }
    endMessage();
    index.cut(!window.isAfterLine());
  }

  private void beginMessage() throws IOException {
    endMessage();
    long fromLine = window.offset();
    window.skipLine();
    index.begin(fromLine, window.offset());
  }

  /** Ends the message under way, unless its Content-Length has ended it. */
  private void endMessage() {
    if (index.isOpen()) {
      long length = window.offset() - index.lastStart();
      index.end(window.offset() - window.blankLineBefore(length));
    }
  }

  private boolean isSeparator() {
    if (!FromLine.startsAt(window.bytes(), window.at(), window.limit())) {
      return false;
    }
    boolean hasDate = fromLine().date().isPresent();
    if (index.count() == 0) {
      dated = hasDate;
      return true;
    }
    return hasDate || (!dated && isAfterBlankLine());
  }

  private FromLine fromLine() {
    return FromLine.parse(window.bytes(), window.at(), window.endOfLine());
  }

  private boolean isAfterBlankLine() {
    long length = window.offset() - index.lastStart();
    return length == 0 || !index.isOpen() || window.blankLineBefore(length) > 0;
  }

  /**
   * Passes over the header of a message, and over its body if a Content-Length tells truly.
   *
   * @param guess whether to look at it at all
   */
  private void skipHeader(boolean guess) throws IOException {
    long length = -1;
    while (window.hasLine() && !isSeparator()) {
      boolean last = window.isBlankLine();
      length = Math.max(length, contentLength());
      noteQuoting();
      window.skipLine();
      if (last) {
        followLength(guess ? length : -1);
        return;
      }
    }
  }

  /** The number in this line if it is a Content-Length, else -1. */
  private long contentLength() {
    byte first = window.bytes()[window.at()];
    if (first != 'C' && first != 'c') {
      return -1;
    }
    int length = window.endOfLine() - window.at();
    String line =
        new String(window.bytes(), window.at(), length, StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    if (!line.startsWith(CONTENT_LENGTH)) {
      return -1;
    }
    String digits = line.substring(CONTENT_LENGTH.length()).strip();
    return NUMBER.matcher(digits).matches() ? Long.parseLong(digits) : -1;
  }

  private void followLength(long length) throws IOException {
    long end = window.offset() + length;
    if (length < 0 || end > window.fileLength()) {
      return;
    }
    byte[] after = new byte[1 + 2 + FromLine.MAX_LENGTH];
    int n = window.peek(after, end - 1);
    int from = 1 + lineEndAt(after, 1, n);
    boolean onLine = from > 1 || after[0] == '\n';
    if (from == n || (onLine && leadsToSeparator(after, from, n))) {
      index.end(end);
      window.seek(end + from - 1);
    }
  }

  private boolean leadsToSeparator(byte[] after, int from, int n) {
    return FromLine.startsAt(after, from, n)
        && (!dated
            || FromLine.parse(after, from, LineWindow.endOfLine(after, from, n))
                .date()
                .isPresent());
  }

  /** Length of the line end at a place, 0 if there is none. */
  private static int lineEndAt(byte[] bytes, int at, int limit) {
    if (at < limit && bytes[at] == '\n') {
      return 1;
    }
    return at + 1 < limit && bytes[at] == '\r' && bytes[at + 1] == '\n' ? 2 : 0;
  }

  private void noteQuoting() {
    int i = window.at();
    while (i < window.limit() && window.bytes()[i] == '>') {
      i++;
    }
    if (i - window.at() > 1 && FromLine.startsAt(window.bytes(), i, window.limit())) {
      index.sawQuotedTwice();
    }
  }
}
