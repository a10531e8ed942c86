package hapax.blob;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blobs and records whose stored copy was written or compared in this run. It may forget, which
 * costs a comparison; it never says of one what is not so. For any thread.
 */
final class Proven {
  /** At about 100 bytes each this is 20 MB of heap at the most. */
  private static final int MOST = 200_000;

  private final Set<Id32> ids = ConcurrentHashMap.newKeySet();

  boolean contains(Id32 id) {
    return ids.contains(id);
  }

  void add(Id32 id) {
    if (ids.size() >= MOST) {
      ids.clear();
    }
    ids.add(id);
  }

  /** Forgets one: its copy was found damaged. */
  void forget(Id32 id) {
    ids.remove(id);
  }

  /** Forgets all: after sweeping, what was there may be gone. */
  void clear() {
    ids.clear();
  }
}
