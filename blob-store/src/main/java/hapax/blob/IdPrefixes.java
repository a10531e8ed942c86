package hapax.blob;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The first eight bytes of many ids, which come in order. */
final class IdPrefixes {
  private long[] prefixes = new long[64];
  private int count;

  /** Adds the id at {@code offset} of {@code key}; none may come before the last one. */
  void add(byte[] key, int offset) {
    if (count == prefixes.length) {
      prefixes = Arrays.copyOf(prefixes, 2 * count);
    }
    prefixes[count++] = sortable(key, offset);
  }

  /** Whether an id was added that begins like the one at {@code offset} of {@code key}. */
  boolean contains(byte[] key, int offset) {
    return Arrays.binarySearch(prefixes, 0, count, sortable(key, offset)) >= 0;
  }

  /** Ids are in order as unsigned numbers, Java sorts signed ones. */
  private static long sortable(byte[] key, int offset) {
    return ByteBuffer.wrap(key, offset, Long.BYTES).getLong() ^ Long.MIN_VALUE;
  }
}
