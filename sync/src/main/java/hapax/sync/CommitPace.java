package hapax.sync;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Says when to commit: after so many bytes, or so much time. One thread commits while the others go
 * on, unless far too much has gathered.
 */
final class CommitPace {
  private static final long BYTES = 48L << 20;
  private static final long NANOS = 3_000_000_000L;
  private static final int FAR_TOO_MUCH = 4;

  private final MailStore store;
  private final Originals originals;
  private final ReentrantLock committing = new ReentrantLock();
  private final AtomicLong last = new AtomicLong(System.nanoTime());

  CommitPace(MailStore store, Originals originals) {
    this.store = store;
    this.originals = originals;
  }

  /** Commits if it is time; the calling thread has no unit of work open. */
  void tick() throws IOException {
    long bytes = store.blobs().uncommittedBytes();
    if (!isDue(bytes)) {
      return;
    }
    if (bytes > FAR_TOO_MUCH * BYTES) {
      committing.lock();
    } else if (!committing.tryLock()) {
      return;
    }
    try {
      if (isDue(store.blobs().uncommittedBytes())) {
        commit();
      }
    } finally {
      committing.unlock();
    }
  }

  private boolean isDue(long bytes) {
    return bytes > BYTES || (bytes > 0 && System.nanoTime() - last.get() > NANOS);
  }

  /** Commits, and deletes the originals of what has become durable. */
  void commit() throws IOException {
    committing.lock();
    try {
      Originals.Batch durable = originals.cut();
      store.commit();
      last.set(System.nanoTime());
      durable.delete();
    } finally {
      committing.unlock();
    }
  }
}
