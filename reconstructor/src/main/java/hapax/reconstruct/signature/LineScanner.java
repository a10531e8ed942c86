package hapax.reconstruct.signature;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Splits what is written to it into lines. Lines that nobody wants are passed over without being
 * copied; long ones are handed out cut.
 */
final class LineScanner extends OutputStream {
  /** No boundary or armor line is longer; of header lines so much is looked at. */
  private static final int LONGEST = Limits.PART_HEADER_BYTES;

  interface Handler {
    /** Whether the next line is wanted whatever it begins with; otherwise only if with a dash. */
    boolean wantsAll();

    /**
     * A wanted line: {@code bytes[0, length)} without its line end of {@code lineEnd} bytes, good
     * until the return; it begins at {@code start}, and the next at {@code next}.
     */
    void line(long start, byte[] bytes, int length, int lineEnd, long next);

    /** A line that was not wanted. */
    void skipped(int lineEnd);
  }

  private final Handler handler;
  private byte[] line = new byte[128];
  private int length;
  private long start;
  private long position;
  private boolean begun;
  private boolean wanted;
  private byte last;

  LineScanner(long offset, Handler handler) {
    this.start = offset;
    this.position = offset;
    this.handler = handler;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    int end = offset + count;
    int at = offset;
    while (at < end) {
      if (!begun) {
        boolean all = handler.wantsAll();
        at = all ? at : pass(bytes, at, end);
        if (at == end) {
          return;
        }
        begun = true;
        wanted = all || bytes[at] == '-';
      }
      int stop = ByteScan.indexOf(bytes, at, end, '\n');
      append(bytes, at, stop);
      if (stop < end) {
        position++;
        finish(last == '\r' ? 2 : 1);
        stop++;
      }
      at = stop;
    }
  }

  /** Passes over whole lines that nobody wants; returns where the next one begins. */
  private int pass(byte[] bytes, int from, int end) {
    int next = dashedLine(bytes, from, end);
    if (next > from) {
      position += next - from;
      start = position;
      handler.skipped(next - from > 1 && bytes[next - 2] == '\r' ? 2 : 1);
    }
    return next;
  }

  /** Where the next line begins that has a dash in front, or the last line in this stretch. */
  private static int dashedLine(byte[] bytes, int from, int end) {
    int line = from;
    while (line < end) {
      int dash = ByteScan.indexOf(bytes, line, end, '-');
      if (dash == line || (dash < end && bytes[dash - 1] == '\n')) {
        return dash;
      }
      int feed = dash == end ? end : ByteScan.indexOf(bytes, dash, end, '\n');
      if (feed == end) {
        return lastLine(bytes, line, dash);
      }
      line = feed + 1;
    }
    return end;
  }

  private static int lastLine(byte[] bytes, int from, int to) {
    int i = to;
    while (i > from && bytes[i - 1] != '\n') {
      i--;
    }
    return i;
  }

  private void append(byte[] bytes, int from, int to) {
    if (to > from) {
      last = bytes[to - 1];
      position += to - from;
    }
    int n = wanted ? Math.min(to - from, LONGEST - length) : 0;
    if (n > line.length - length) {
      line = Arrays.copyOf(line, Math.max(length + n, line.length * 2));
    }
    System.arraycopy(bytes, from, line, length, n);
    length += n;
  }

  private void finish(int lineEnd) {
    if (wanted) {
      boolean hasReturn = lineEnd == 2 && length > 0 && line[length - 1] == '\r';
      handler.line(start, line, length - (hasReturn ? 1 : 0), lineEnd, position);
    } else {
      handler.skipped(lineEnd);
    }
    begun = false;
    length = 0;
    last = 0;
    start = position;
  }

  /** Hands out a last line that has no line end. */
  void end() {
    if (begun) {
      finish(0);
    }
  }
}
