package hapax.sync;

import java.nio.ByteBuffer;

/**
 * Counts how often each of many digests came, in 12 bytes for each. Two digests that begin with the
 * same 8 bytes count as one, which does no harm: an occurrence number only has to tell equal
 * messages apart, and to be the same at the next reading.
 */
final class Occurrences {
  private static final double FULL = 0.7;

  private long[] keys = new long[64];
  private int[] counts = new int[64];
  private int used;

  /** How often the digest came before. */
  int next(byte[] digest) {
    if (used > FULL * keys.length) {
      grow();
    }
    int at = find(ByteBuffer.wrap(digest).getLong());
    used += counts[at] == 0 ? 1 : 0;
    return counts[at]++;
  }

  /** The slot of a key, taken for it if it had none. */
  private int find(long key) {
    int mask = keys.length - 1;
    int at = (int) (key ^ (key >>> 32)) & mask;
    while (counts[at] != 0 && keys[at] != key) {
      at = (at + 1) & mask;
    }
    keys[at] = key;
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        counts[find(oldKeys[i])] = oldCounts[i];
      }
    }
  }
}
