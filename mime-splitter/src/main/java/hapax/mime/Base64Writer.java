package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/**
 * Turns content back into the text that it was read from. Content is encoded in blocks without any
 * regard to lines, then {@link RowLayout} spreads the characters over the rows.
 */
final class Base64Writer extends OutputStream {
  /** Bytes that are encoded at once. */
  private static final int BLOCK = 6144;

  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final ContentCount count;
  private final ShapeRows ahead;
  private final RowLayout layout;
  private final byte[] digits;
  private byte[] block = new byte[0];
  private int filled;

  /** Bytes of the stretch that are not in a block yet. */
  private long stretchLeft;

  /** Characters of the stretch behind its last whole quantum. */
  private int leftover;

  private int bits;
  private boolean planned;

  Base64Writer(Base64Shape shape, OutputStream sink) {
    this.count = new ContentCount(shape.contentLength());
    this.ahead = new ShapeRows(shape.code());
    this.digits = new byte[(int) Math.min(BLOCK, shape.contentLength()) / 3 * 4 + 4];
    this.layout = new RowLayout(shape, sink);
    planStretch();
  }

  /** Looks ahead how long the next stretch is and how it ends. */
  private void planStretch() {
    long length = 0;
    bits = 0;
    planned = true;
    while (true) {
      switch (ahead.next()) {
        case ROWS -> length += ahead.width * ahead.count;
        case STRETCH_END -> {
          bits = ahead.bits;
          startStretch(length);
          return;
        }
        case TAIL, END -> {
          planned = length > 0;
          startStretch(length);
          return;
        }
      }
    }
  }

  private void startStretch(long length) {
    leftover = (int) (length & 3);
    stretchLeft = ShapeSize.bytes(length);
    startBlock();
  }

  private void startBlock() {
    int size = (int) Math.min(BLOCK, stretchLeft);
    if (block.length != size) {
      block = new byte[size];
    }
    stretchLeft -= size;
    filled = 0;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    count.add(length);
    int done = 0;
    while (done < length) {
      endFullBlock();
      int taken = Math.min(length - done, block.length - filled);
      System.arraycopy(bytes, offset + done, block, filled, taken);
      filled += taken;
      done += taken;
    }
  }

  /** Encodes blocks that are full, and stretches that take no content at all. */
  private void endFullBlock() throws IOException {
    while (planned && filled == block.length) {
      int length = ENCODER.encode(block, digits);
      if (stretchLeft > 0) {
        layout.put(digits, length);
        startBlock();
      } else {
        layout.put(digits, withBits(length));
        planStretch();
      }
    }
  }

  /** Puts the stretch's last bits where the encoder put zeros. */
  private int withBits(int length) {
    if (leftover == 1) {
      digits[length] = Base64Alphabet.digit(bits);
      return length + 1;
    }
    if (leftover > 1) {
      int last = Base64Alphabet.value(digits[length - 1]);
      digits[length - 1] = Base64Alphabet.digit(last | bits);
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    count.checkComplete();
    endFullBlock();
    layout.finish();
  }
}
