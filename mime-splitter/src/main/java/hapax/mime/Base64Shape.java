package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The shape of base64 text: its line widths, line ends, padding and whatever is odd about it. Its
 * size is in proportion to its oddity, a few bytes for tidy text.
 */
public final class Base64Shape implements Shape {
  private final byte[] code;
  private final long textLength;
  private final long contentLength;

  /**
   * A shape from its byte code.
   *
   * @throws IllegalArgumentException naming offset, expected and found, if {@code code} is none
   */
  Base64Shape(byte[] code) {
    ShapeSize size = ShapeSize.of(code);
    this.code = code;
    this.textLength = size.text();
    this.contentLength = size.content();
  }

  /** Length of the content that this shape was made for, in bytes. */
  public long contentLength() {
    return contentLength;
  }

  /** Bytes that the shape takes in a recipe. */
  public int cost() {
    return code.length;
  }

  /** The byte code; not to be changed. */
  byte[] code() {
    return code;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the shape was made for content of another length
   */
  @Override
  public long textLength(long length) {
    if (length != contentLength) {
      throw new IllegalArgumentException(mismatch(length));
    }
    return textLength;
  }

  @Override
  public boolean canHold(char ascii) {
    ShapeRows rows = new ShapeRows(code);
    while (rows.next() != ShapeRows.Step.END) {
      if (rows.gapHolds((byte) ascii)) {
        return true;
      }
    }
    return Base64Alphabet.contains((byte) ascii);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if the shape was made for content of another length
   */
  @Override
  public OutputStream writer(long length, OutputStream sink, TextRoom room) throws IOException {
    if (length != contentLength) {
      throw new IOException(mismatch(length));
    }
    return new Base64Writer(this, sink, room);
  }

  private String mismatch(long length) {
    return "shape: expected content of " + contentLength + " bytes, found " + length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Base64Shape shape && Arrays.equals(code, shape.code);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(code);
  }

  /** The shape as text, one step after the other. */
  @Override
  public String toString() {
    return ShapeDump.of(code);
  }
}
