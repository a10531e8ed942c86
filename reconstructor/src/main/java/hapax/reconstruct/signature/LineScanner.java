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
  private byte[] line = new byte[1024];
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
        begun = true;
        wanted = handler.wantsAll() || bytes[at] == '-';
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
