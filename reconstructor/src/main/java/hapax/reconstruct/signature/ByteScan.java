package hapax.reconstruct.signature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte eight bytes at a time: most lines are longer than that. */
final class ByteScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private ByteScan() {}

  /** The first place of {@code wanted}, which is ASCII, in {@code [from, to)}, or {@code to}. */
  static int indexOf(byte[] bytes, int from, int to, char wanted) {
    long pattern = wanted * ONES;
    int i = from;
    while (i <= to - Long.BYTES) {
      long differing = (long) LONG.get(bytes, i) ^ pattern;
      // a byte of 0 borrows from its highest bit; a lower one that is wanted comes first
      long found = (differing - ONES) & ~differing & HIGHS;
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
      i += Long.BYTES;
    }
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }
}
