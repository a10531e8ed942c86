package hapax.reconstruct.signature;

import java.io.IOException;
import java.io.OutputStream;

/** Text that gets CRLF for each bare line feed: it is searched and copied in one go. */
final class CrlfText extends BodyText {
  private static final int CHUNK = 16 << 10;

  /** What one step may add: a word, then a line end. */
  private static final int STEP = Long.BYTES + 2;

  private final boolean relaxed;
  private final OutputStream out;
  private final byte[] chunk = new byte[CHUNK];
  private int length;

  CrlfText(boolean relaxed, OutputStream out) {
    this.relaxed = relaxed;
    this.out = out;
  }

  @Override
  int take(byte[] bytes, int from, int end) throws IOException {
    int i = from;
    while (i < end) {
      room(STEP);
      int n = ByteScan.copyPlain(bytes, i, end, chunk, length, relaxed);
      i += n;
      length += n;
      if (i == end || length > CHUNK - STEP) {
        continue;
      }
      if (isPlain(bytes, i, end)) {
        chunk[length++] = bytes[i];
      } else if (bytes[i] == '\n' && i + 1 < end && isPlain(bytes, i + 1, end)) {
        chunk[length++] = '\r';
        chunk[length++] = '\n';
      } else {
        return i;
      }
      i++;
    }
    return i;
  }

  /** Whether the byte goes on as it is, whatever stands beyond {@code end}. */
  private boolean isPlain(byte[] bytes, int at, int end) {
    return switch (bytes[at]) {
      case '\r', '\n' -> false;
      case '\t' -> !relaxed;
      case ' ' -> !relaxed || (at + 1 < end && isWord(bytes[at + 1]));
      default -> true;
    };
  }

  private static boolean isWord(byte b) {
    return b != ' ' && b != '\t' && b != '\r' && b != '\n';
  }

  @Override
  public void write(int b) throws IOException {
    room(1);
    chunk[length++] = (byte) b;
  }

  /** A blank or a line end. */
  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    for (int i = offset; i < offset + count; i++) {
      write(bytes[i]);
    }
  }

  private void room(int count) throws IOException {
    if (count > CHUNK - length) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    out.write(chunk, 0, length);
    length = 0;
  }
}
