package hapax.reconstruct.signature;

import java.io.OutputStream;

/** A buffer of a set size that is written to; more than fits is a fault of the writer. */
final class FixedBuffer extends OutputStream {
  private final byte[] bytes;
  private int length;

  FixedBuffer(int size) {
    bytes = new byte[size];
  }

  @Override
  public void write(int b) {
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** The buffer itself; what was written is {@code [0, length())}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }
}
