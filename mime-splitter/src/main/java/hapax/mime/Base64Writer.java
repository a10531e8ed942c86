package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/**
 * Turns content back into the text that it was read from. Content is encoded in blocks without any
 * regard to lines, then {@link RowLayout} spreads the characters over the rows.
 */
final class Base64Writer extends OutputStream {
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final ContentCount count;
  private final ShapeRows ahead;
  private final RowLayout layout;
  private final TextRoom room;
  private final byte[] digits;

  /** Content that is to be encoded next, up to {@link #blockLength}; what follows is of no use. */
  private byte[] block = new byte[0];

  private int blockLength;
  private int filled;

  /** Bytes of the stretch that are not in a block yet. */
  private long stretchLeft;

  /** Characters of the stretch behind its last whole quantum. */
  private int leftover;

  private int bits;
  private boolean planned;

  Base64Writer(Base64Shape shape, OutputStream sink, TextRoom room) {
    this.count = new ContentCount(shape.contentLength());
    this.ahead = new ShapeRows(shape.code());
    this.room = room;
    this.digits = room.characters();
    this.layout = new RowLayout(shape, sink, room);
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
    blockLength = (int) Math.min(TextRoom.MOST_CONTENT, stretchLeft);
    block = room.content(blockLength);
    stretchLeft -= blockLength;
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
      int taken = Math.min(length - done, blockLength - filled);
      System.arraycopy(bytes, offset + done, block, filled, taken);
      filled += taken;
      done += taken;
    }
  }

  /** Encodes blocks that are full, and stretches that take no content at all. */
  private void endFullBlock() throws IOException {
    while (planned && filled == blockLength) {
      int length = encode();
      if (stretchLeft > 0) {
        layout.put(digits, length);
        startBlock();
      } else {
        layout.put(digits, withBits(length));
        planStretch();
      }
    }
  }

  /** Gives the number of characters, without padding. */
  private int encode() {
    // The bits behind the last byte are zeros, as with padding.
    if (blockLength < block.length) {
      block[blockLength] = 0;
    }
    ENCODER.encode(block, digits);
    return (blockLength * 4 + 2) / 3;
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
