package hapax.blob;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Unsigned numbers in base 128, low digits first, the top bit of a byte saying that more follow.
 */
final class VarInts {
  private VarInts() {}

  static void put(ByteArrayOutputStream to, long value) {
    long rest = value;
    for (; (rest & -0x80L) != 0; rest >>>= 7) {
      to.write((int) (rest & 0x7F) | 0x80);
    }
    to.write((int) rest);
  }

  /**
   * Takes a number.
   *
   * @throws IllegalArgumentException if the bytes end within it
   */
  static long get(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!from.hasRemaining()) {
        throw new IllegalArgumentException(
            "expected a number, found the end at " + from.position());
      }
      byte b = from.get();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "expected a number of at most 10 bytes at " + from.position());
  }

  /** Takes a length that must lie between 0 and {@code limit}. */
  static int getLength(ByteBuffer from, long limit) {
    long value = get(from);
    if (value < 0 || value > limit) {
      throw new IllegalArgumentException(
          "expected a length up to " + limit + ", found " + value + " before " + from.position());
    }
    return (int) value;
  }
}
