package hapax.sync.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Goes through a file line by line, however long lines are, with memory for a window only. */
final class LineWindow implements Closeable {
  private static final int SIZE = 1 << 20;

  /** Bytes before the line that stay in the window: enough to see a blank line there. */
  private static final int HISTORY = 4;

  private final FileChannel channel;
  private final byte[] bytes;
  private long start;
  private int at;
  private int limit;

  LineWindow(Path file) throws IOException {
    this(file, SIZE);
  }

  /** A window of {@code size} bytes, more than two of the longest lines that are looked at. */
  LineWindow(Path file, int size) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.bytes = new byte[size];
  }

  /** Whether there is a line here; if so, its first {@link FromLine#MAX_LENGTH} bytes are seen. */
  boolean hasLine() throws IOException {
    if (limit - at < FromLine.MAX_LENGTH) {
      fill();
    }
    return at < limit;
  }

  /** What is seen of the file. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the line begins in {@link #bytes}. */
  int at() {
    return at;
  }

  /** Where the bytes that are seen end. */
  int limit() {
    return limit;
  }

  /** Where the line begins in the file. */
  long offset() {
    return start + at;
  }

  /** Where the line ends in {@link #bytes}, its line feed left out, as far as it is seen. */
  int endOfLine() {
    return endOfLine(bytes, at, Math.min(limit, at + FromLine.MAX_LENGTH));
  }

  static int endOfLine(byte[] bytes, int from, int limit) {
    int end = from;
    while (end < limit && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  boolean isBlankLine() {
    return bytes[at] == '\n' || (bytes[at] == '\r' && at + 1 < limit && bytes[at + 1] == '\n');
  }

  /** Goes to the beginning of the next line, or to the end of the file. */
  void skipLine() throws IOException {
    while (at < limit) {
      int end = endOfLine(bytes, at, limit);
      at = Math.min(limit, end + 1);
      if (end < limit) {
        return;
      }
      fill();
    }
  }

  /** Goes on to the next line that starts with an F or an angle, or to the end of the file. */
  void skipToMark() throws IOException {
    while (hasLine() && bytes[at] != 'F' && bytes[at] != '>') {
      skipLine();
    }
  }

  /**
   * The width of the blank line just before this line, in a text of {@code length} bytes that ends
   * here and begins a line; 0 if there is none.
   */
  int blankLineBefore(long length) {
    if (length == 0 || bytes[at - 1] != '\n') {
      return 0;
    }
    int width = length > 1 && bytes[at - 2] == '\r' ? 2 : 1;
    return length == width || bytes[at - 1 - width] == '\n' ? width : 0;
  }

  /** Whether the byte before this place ends a line. */
  boolean isAfterLine() {
    return at == 0 || bytes[at - 1] == '\n';
  }

  long fileLength() throws IOException {
    return channel.size();
  }

  /** Reads at a place apart; returns how many bytes there were. */
  int peek(byte[] into, long offset) throws IOException {
    return Math.max(0, channel.read(ByteBuffer.wrap(into), offset));
  }

  /** Goes to a place in the file, HISTORY bytes or more from its beginning. */
  void seek(long offset) throws IOException {
    if (offset - start <= limit) {
      at = (int) (offset - start);
      return;
    }
    start = offset - HISTORY;
    at = HISTORY;
    limit = 0;
    while (limit < HISTORY && read()) {
      // Until the history is there; a file can not have become shorter than where it was peeked at.
    }
    fill();
  }

  private void fill() throws IOException {
    int from = Math.max(0, at - HISTORY);
    System.arraycopy(bytes, from, bytes, 0, limit - from);
    start += from;
    limit -= from;
    at -= from;
    while (limit < bytes.length && read()) {
      // Until the window is full or the file ends.
    }
  }

  private boolean read() throws IOException {
    int n = channel.read(ByteBuffer.wrap(bytes, limit, bytes.length - limit), start + limit);
    limit += Math.max(0, n);
    return n > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
