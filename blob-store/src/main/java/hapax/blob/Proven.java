package hapax.blob;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blobs whose stored copy was written or compared in this run. It may forget, which costs a
 * comparison; it never says of a blob what is not so.
 */
final class Proven {
  /** At about 100 bytes each this is 20 MB of heap at the most. */
  private static final int MOST = 200_000;

  private final Set<BlobId> ids = ConcurrentHashMap.newKeySet();

  boolean contains(BlobId id) {
    return ids.contains(id);
  }

  void add(BlobId id) {
    if (ids.size() >= MOST) {
      ids.clear();
    }
    ids.add(id);
  }

  /** Forgets a blob: its copy was found damaged. */
  void forget(BlobId id) {
    ids.remove(id);
  }

  /** Forgets all: after sweeping, what was there may be gone. */
  void clear() {
    ids.clear();
  }
}
