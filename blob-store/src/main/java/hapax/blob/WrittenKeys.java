package hapax.blob;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Tells of most keys that were never written that they were not, without asking the engine, which
 * takes ten times as long: while mail comes into a new store, most of what is looked up is not
 * there. A Bloom filter (Bloom 1970) over all keys that were written since the catalog was empty;
 * it is given up when they are many. For any thread.
 */
final class WrittenKeys {
  /** Two bits for each of so many keys: at the end, one of twenty absent keys is asked for. */
  private static final int MOST = 2_000_000;

  private static final int BITS = 1 << 24;

  private final AtomicLongArray words = new AtomicLongArray(BITS / Long.SIZE);
  private int written;

  /** Those of a catalog that has so many; null if it has any, which are not known. */
  static @Nullable WrittenKeys ifNone(long rows) {
    return rows == 0 ? new WrittenKeys() : null;
  }

  /** Whether a key may have been written. */
  boolean mayContain(byte[] key) {
    int hash = hash(key);
    return isSet(first(hash)) && isSet(second(hash));
  }

  /** Notes a key that is about to be written; by one thread at a time. */
  void add(byte[] key) {
    int hash = hash(key);
    set(first(hash));
    set(second(hash));
    written++;
  }

  /** Whether so many were written that hardly any are told apart. */
  boolean isFull() {
    return written > MOST;
  }

  private static int hash(byte[] key) {
    CRC32C hash = new CRC32C();
    hash.update(key);
    return (int) hash.getValue();
  }

  private static int first(int hash) {
    return hash & (BITS - 1);
  }

  private static int second(int hash) {
    return (hash * 0x9E3779B1) >>> 8;
  }

  private boolean isSet(int bit) {
    return (words.get(bit / Long.SIZE) & (1L << bit)) != 0;
  }

  private void set(int bit) {
    int word = bit / Long.SIZE;
    long mask = 1L << bit;
    long was = words.get(word);
    while ((was & mask) == 0 && !words.compareAndSet(word, was, was | mask)) {
      was = words.get(word);
    }
  }
}
