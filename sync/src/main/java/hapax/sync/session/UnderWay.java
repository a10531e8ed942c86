package hapax.sync.session;

import java.io.Closeable;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Batches that came and are not yet durable; what they have asked for is on its way. One thread
 * adds, any may look and remove.
 */
final class UnderWay implements Closeable {
  /** Bytes in all sessions of the process from which on a session that has any should wait. */
  private static final long MANY = 4L * Offers.WINDOW;

  private static final AtomicLong ALL = new AtomicLong();

  private final Queue<Incoming> batches = new ConcurrentLinkedQueue<>();

  Collection<Incoming> batches() {
    return batches;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /** Whether a peer that keeps to the rules sends no further one. */
  boolean isFull() {
    long bytes = batches.stream().mapToLong(each -> each.parcel.length()).sum();
    return batches.size() >= Offers.MOST_BATCHES || bytes >= 2L * Offers.WINDOW;
  }

  /** Whether those of all sessions of the process take so much that no more should come. */
  static boolean areMany() {
    return ALL.get() >= MANY;
  }

  void add(Incoming batch) {
    batches.add(batch);
    ALL.addAndGet(batch.parcel.length());
  }

  void remove(Incoming batch) {
    if (batches.remove(batch)) {
      ALL.addAndGet(-batch.parcel.length());
    }
  }

  /** Forgets those that will not be applied. */
  @Override
  public void close() {
    batches.forEach(this::remove);
  }
}
