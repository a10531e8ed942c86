package hapax.reconstruct;

import java.io.OutputStream;
import java.util.Arrays;

/** A buffer that grows as it is written to, and is used again for the next message. */
final class Arena extends OutputStream {
  /** Beyond this a buffer is not kept for the next message. */
  private static final int KEEP = 16 << 20;

  private byte[] bytes = new byte[1 << 16];
  private int size;

  @Override
  public void write(int b) {
    reserve(1);
    bytes[size++] = (byte) b;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes =
          Arrays.copyOf(
              bytes,
              (int)
                  Math.min(Math.max((size + (long) more) * 3 / 2, 1 << 16), Integer.MAX_VALUE - 8));
    }
  }

  int size() {
    return size;
  }

  /** Forgets what was written from {@code to} on. */
  void cut(int to) {
    size = to;
  }

  void clear() {
    size = 0;
    if (bytes.length > KEEP) {
      bytes = new byte[1 << 16];
    }
  }

  /** The bytes themselves, {@code [0, size)}; good until the next write. */
  byte[] array() {
    return bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
