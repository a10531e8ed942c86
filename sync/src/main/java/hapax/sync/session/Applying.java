package hapax.sync.session;

import hapax.sync.MailStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies batches whose content came, in their order and on a thread of its own, so that the
 * content of the next ones comes meanwhile; commits, and says so. Batches that are ready together
 * share a commit. After a failure nothing more is applied; what was handed over before {@link
 * #close} is applied even if the line is torn.
 */
final class Applying implements Closeable {
  /** What was applied is committed after this time even if no further batch is complete. */
  private static final long COMMIT_AFTER_MILLIS = 1000;

  private final MailStore store;
  private final Applier applier;
  private final Map<Object, String> lacking;
  private final Consumer<Incoming> durable;
  private final Consumer<Throwable> failed;
  private final Thread thread = new Thread(this::work, "sync-applier");

  /** Batches to be applied; guarded by this object, as all that follows. */
  private final Deque<Incoming> ready = new ArrayDeque<>();

  private int coming;
  private boolean idle = true;
  private boolean closing;
  private @Nullable Throwable failure;

  /**
   * An applier's thread, not yet started.
   *
   * @param lacking why content did not come; may be written to at any time
   * @param durable hears of each batch that is durable
   * @param failed hears what went wrong, once, on the thread
   */
  Applying(
      MailStore store,
      Applier applier,
      Map<Object, String> lacking,
      Consumer<Incoming> durable,
      Consumer<Throwable> failed) {
    this.store = store;
    this.applier = applier;
    this.lacking = lacking;
    this.durable = durable;
    this.failed = failed;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Content of one more batch is on its way. */
  synchronized void expect() {
    coming++;
  }

  /** A batch that was expected is complete. */
  synchronized void add(Incoming complete) {
    coming--;
    ready.add(complete);
    notifyAll();
  }

  /** Waits until all that was added is durable. */
  synchronized void finish() throws IOException {
    try {
      while (failure == null && !(idle && ready.isEmpty())) {
        wait();
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  synchronized @Nullable Throwable failure() {
    return failure;
  }

  private void work() {
    try {
      List<Incoming> applied = new ArrayList<>();
      for (List<Incoming> next = next(applied); next != null; next = next(applied)) {
        // Content is read back as later readers will read it, so it must be in the packs.
        commit(applied);
        for (Incoming batch : next) {
          batch.stopped = applier.apply(batch.batch, batch.allRecords(), lacking);
          applied.add(batch);
        }
      }
    } catch (IOException | RuntimeException | Error broken) {
      fail(broken);
    }
  }

  /** The batches to be applied next, perhaps none; null at the end. Commits while it waits. */
  private @Nullable List<Incoming> next(List<Incoming> applied) throws IOException {
    while (true) {
      List<Incoming> next = take(!applied.isEmpty());
      if (!next.isEmpty()) {
        return next;
      }
      if (applied.isEmpty()) {
        return null;
      }
      commit(applied);
    }
  }

  /** Takes all that is ready; waits, if something waits for its commit only a while. */
  private synchronized List<Incoming> take(boolean applied) throws IOException {
    idle = !applied;
    notifyAll();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(COMMIT_AFTER_MILLIS);
    try {
      long left = COMMIT_AFTER_MILLIS;
      while (ready.isEmpty() && !closing && !(applied && (coming == 0 || left <= 0))) {
        wait(applied ? left : 0);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
    idle = false;
    List<Incoming> taken = List.copyOf(ready);
    ready.clear();
    return taken;
  }

  private static IOException interrupted(InterruptedException stop) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", stop);
  }

  private void commit(List<Incoming> applied) throws IOException {
    store.commit();
    applied.forEach(durable);
    applied.clear();
  }

  private void fail(Throwable broken) {
    synchronized (this) {
      failure = broken;
      ready.clear();
      notifyAll();
    }
    failed.accept(broken);
  }

  /** Ends the thread after what was added. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }
}
