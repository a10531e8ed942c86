package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A movable view of a message: {@link #buffer} holds its bytes from {@link #base} on, up to {@link
 * #limit}. A message in memory is one window over its own array; any other is loaded in pieces of
 * {@link #CAPACITY} bytes, so the memory does not depend on the message's length.
 */
final class Window {
  /** Bytes of a piece; whatever is looked at in one go (a delimiter line, a row) fits in. */
  static final int CAPACITY = 1 << 17;

  private static final byte[] NONE = new byte[0];

  private ByteSource source = ByteSource.of(NONE, 0);
  private byte[] pieces = NONE;

  byte[] buffer = NONE;
  long base;
  int limit;

  /** Looks at {@code message} from now on. */
  void open(ByteSource message) {
    source = message;
    base = 0;
    limit = 0;
    buffer = NONE;
    if (message instanceof ArraySource array) {
      buffer = array.array();
      limit = (int) array.length();
    }
  }

  /** Lets go of the message; the piece buffer stays for the next one. */
  void close() {
    source = ByteSource.of(NONE, 0);
    buffer = NONE;
    base = 0;
    limit = 0;
  }

  long length() {
    return source.length();
  }

  /** Position in the message just behind what the window shows. */
  long end() {
    return base + limit;
  }

  /** Index in {@link #buffer} of a position that the window shows. */
  int index(long position) {
    return (int) (position - base);
  }

  /**
   * Moves the window, if it must, so that it shows {@code position} and at least {@code wanted}
   * bytes from there, or all that the message still has.
   *
   * @param wanted at most {@link #CAPACITY}
   */
  void show(long position, int wanted) throws IOException {
    long to = Math.min(source.length(), position + wanted);
    if (position < base || to > end()) {
      load(position);
    }
  }

  private void load(long position) throws IOException {
    int length = (int) Math.min(CAPACITY, source.length() - position);
    if (pieces.length < length) {
      pieces = new byte[length];
    }
    Filler filler = new Filler(pieces, position, length);
    source.copyTo(position, position + length, filler);
    filler.checkFull();
    buffer = pieces;
    base = position;
    limit = length;
  }

  /** Takes exactly the bytes that were asked for. */
  private static final class Filler extends OutputStream {
    private final byte[] target;
    private final long position;
    private final int length;
    private int filled;

    Filler(byte[] target, long position, int length) {
      this.target = target;
      this.position = position;
      this.length = length;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (count > length - filled) {
        throw wrong(filled + (long) count);
      }
      System.arraycopy(bytes, offset, target, filled, count);
      filled += count;
    }

    void checkFull() throws IOException {
      if (filled != length) {
        throw wrong(filled);
      }
    }

    private IOException wrong(long found) {
      return new IOException(
          "message source at offset "
              + position
              + ": expected "
              + length
              + " bytes, found "
              + found);
    }
  }
}
