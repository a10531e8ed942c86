package hapax.reconstruct.signature;

import java.io.OutputStream;
import java.util.Arrays;

/** Keeps what is written to it up to the blank line that ends a header, and nothing behind it. */
final class HeaderSink extends OutputStream {
  private byte[] bytes = new byte[0];
  private int length;
  private boolean ended;

  /** Where the line begins that was not yet seen to its end. */
  private int line;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    if (ended) {
      return;
    }
    if (length == 0) {
      // Mostly all is here at once: the header is looked for where it stands, and copied alone.
      int end = endIn(from, offset, offset + count);
      bytes = Arrays.copyOfRange(from, offset, ended ? end : offset + count);
      length = bytes.length;
      line -= offset;
      return;
    }
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
    int end = endIn(bytes, line, length);
    length = ended ? end : length;
  }

  /** The offset after the blank line; if there is none, where the last line begins. */
  private int endIn(byte[] in, int from, int to) {
    line = from;
    while (line < to) {
      int feed = ByteScan.indexOf(in, line, to, '\n');
      if (feed == to) {
        break;
      }
      ended = feed == line || (feed == line + 1 && in[line] == '\r');
      if (ended) {
        return feed + 1;
      }
      line = feed + 1;
    }
    return line;
  }

  /** Whether the blank line was among what was written. */
  boolean hasEnded() {
    return ended;
  }

  /** The header, or as much of it as was written. */
  byte[] toByteArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
