package hapax.mime;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a header (RFC 5322, 2.2) up to and with its blank line, or up to a delimiter line of an
 * open multipart, or up to the end. Lines that are no field are passed over.
 */
final class HeaderScan {
  private static final byte[] CONTENT = {'c', 'o', 'n', 't', 'e', 'n', 't', '-'};

  /** Lines, and bytes, that are looked at to tell a header from other text. */
  private static final int FIRST_LINES = 8;

  private static final int FIRST_LINES_BYTES = 4096;

  /** Bytes of a line in which the name of a field that matters must end. */
  private static final int NAME_WINDOW = 64;

  private final Window window;
  private final Lines lines;
  private final Delimiter delimiter;
  private final EntityHeader header;
  private final ContentField[] fields;

  HeaderScan(Window window, Lines lines, Delimiter delimiter, EntityHeader header) {
    this.window = window;
    this.lines = lines;
    this.delimiter = delimiter;
    this.header = header;
    this.fields = new ContentField[] {header.type, header.encoding, header.disposition};
  }

  /**
   * Whether the message starts with a header. A few lines that are no field may come first, as the
   * {@code From } line of a mailbox or the request line of a transport do; an empty line ends the
   * look.
   */
  boolean startsHere() throws IOException {
    window.show(0, FIRST_LINES_BYTES);
    byte[] bytes = window.buffer;
    int to = (int) Math.min(FIRST_LINES_BYTES, window.length());
    int from = 0;
    for (int line = 0; line < FIRST_LINES && from < to; line++) {
      if (endsHeader(bytes, from, to)) {
        return line == 0;
      }
      if (isField(bytes, from, to)) {
        return true;
      }
      from = Scan.lineFeed(bytes, from, to) + 1;
    }
    return false;
  }

  private static boolean isField(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && Ascii.isFieldName(bytes[i])) {
      i++;
    }
    int name = i - from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return name > 0 && i < to && bytes[i] == ':';
  }

  /** Reads the header at {@code start}; returns where it ends. */
  long read(long start) throws IOException {
    header.clear();
    ContentField open = null;
    long at = start;
    while (at < window.length()) {
      window.show(at, NAME_WINDOW);
      byte[] bytes = window.buffer;
      int from = window.index(at);
      byte first = bytes[from];
      if (endsHeader(bytes, from, window.limit)) {
        return lines.next(at);
      }
      if (first == '-' && delimiter.matches(at)) {
        return at;
      }
      boolean folded = first == ' ' || first == '\t';
      open = folded ? open : field(at);
      at = open == null ? lines.next(at) : keep(open, folded ? at : valueStart(open, at));
    }
    return at;
  }

  private static boolean endsHeader(byte[] bytes, int from, int to) {
    return from < to
        && (bytes[from] == '\n'
            || (bytes[from] == '\r' && from + 1 < to && bytes[from + 1] == '\n'));
  }

  /** The field that the line at {@code at} starts, if it matters and is the first of its name. */
  private @Nullable ContentField field(long at) {
    byte[] bytes = window.buffer;
    int from = window.index(at);
    int to = Math.min(window.limit, from + NAME_WINDOW);
    if ((bytes[from] | 0x20) != 'c' || !isContent(bytes, from, to)) {
      return null;
    }
    for (ContentField field : fields) {
      if (!field.seen()
          && field.isNamed(bytes, from + CONTENT.length, to)
          && colon(field, at) > 0) {
        field.start();
        return field;
      }
    }
    return null;
  }

  private static boolean isContent(byte[] bytes, int from, int to) {
    if (to - from < CONTENT.length) {
      return false;
    }
    for (int i = 0; i < CONTENT.length; i++) {
      if (Ascii.lower(bytes[from + i]) != CONTENT[i]) {
        return false;
      }
    }
    return true;
  }

  /** Index of the colon behind the field's name, or -1. */
  private int colon(ContentField field, long at) {
    int to = Math.min(window.limit, window.index(at) + NAME_WINDOW);
    int i = window.index(at) + CONTENT.length + field.nameLength();
    while (i < to && (window.buffer[i] == ' ' || window.buffer[i] == '\t')) {
      i++;
    }
    return i < to && window.buffer[i] == ':' ? i : -1;
  }

  private long valueStart(ContentField field, long at) {
    return window.base + colon(field, at) + 1;
  }

  /** Appends the line from {@code at} on to the field; returns the next line's start. */
  private long keep(ContentField field, long at) throws IOException {
    long end = lines.next(at);
    long to = Math.min(end, at + ContentField.CAPACITY);
    if (to > at) {
      window.show(at, (int) (to - at));
      field.append(window.buffer, window.index(at), (int) (to - at));
    }
    return end;
  }
}
