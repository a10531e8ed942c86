package hapax.sync.session;

import hapax.sync.MailStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies batches whose content came, in their order, on two threads of its own: one proves the
 * messages, one takes the changes in and commits. So content of the next batch is taken in
 * meanwhile. A batch is told to be durable after the commit behind it.
 */
final class Applying implements Closeable {
  private final MailStore store;
  private final Prover prover;
  private final Applier applier;
  private final Map<Object, String> lacking;
  private final Consumer<Incoming> durable;
  private final Consumer<Throwable> failed;
  private final Thread proving = new Thread(() -> guarded(this::prove), "sync-prover");
  private final Thread applying = new Thread(() -> guarded(this::apply), "sync-applier");

  /** Batches to be proven, and then to be applied; guarded by this object, as all that follows. */
  private final Deque<Incoming> came = new ArrayDeque<>();

  private final Deque<Incoming> proven = new ArrayDeque<>();

  /** How many were added and are not yet durable. */
  private int underWay;

  private boolean allCame;
  private boolean allProven;
  private @Nullable Throwable failure;

  /**
   * Threads not yet started.
   *
   * @param lacking why content did not come; may be written to at any time
   * @param durable hears of each batch that is durable
   * @param failed hears what went wrong, once, on the thread
   */
  Applying(
      MailStore store,
      Prover prover,
      Applier applier,
      Map<Object, String> lacking,
      Consumer<Incoming> durable,
      Consumer<Throwable> failed) {
    this.store = store;
    this.prover = prover;
    this.applier = applier;
    this.lacking = lacking;
    this.durable = durable;
    this.failed = failed;
    proving.setDaemon(true);
    applying.setDaemon(true);
  }

  void start() {
    proving.start();
    applying.start();
  }

  /** A batch is complete. */
  synchronized void add(Incoming complete) {
    underWay++;
    came.add(complete);
    notifyAll();
  }

  /** Waits while there is much, but not longer than until all that was added is durable. */
  synchronized void awaitWhileBusy(BooleanSupplier much) throws IOException {
    awaitWhile(() -> underWay > 0 && much.getAsBoolean());
  }

  /** Waits until all that was added is durable. */
  synchronized void finish() throws IOException {
    awaitWhile(() -> underWay > 0);
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** What a thread does. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException | Error broken) {
      fail(broken);
    }
  }

  private void prove() throws IOException {
    try {
      proveAll();
    } finally {
      // Nobody reads any more, so nobody need wait for room.
      prover.held().release(Long.MAX_VALUE);
    }
  }

  private void proveAll() throws IOException {
    for (Incoming batch = nextThatCame(); batch != null; batch = nextThatCame()) {
      // What is not held any more is read back from the packs, so it must be there.
      store.blobs().flush();
      batch.proof = prover.prove(batch.batch, batch.carried, batch.allRecords(), lacking);
      prover.held().release(batch.heldUpTo);
      synchronized (this) {
        proven.add(batch);
        notifyAll();
      }
    }
    synchronized (this) {
      allProven = true;
      notifyAll();
    }
  }

  private synchronized @Nullable Incoming nextThatCame() throws IOException {
    awaitWhile(() -> came.isEmpty() && !allCame);
    return failure == null ? came.poll() : null;
  }

  private void apply() throws IOException {
    for (List<Incoming> next = nextProven(); !next.isEmpty(); next = nextProven()) {
      for (Incoming batch : next) {
        batch.stopped =
            applier.apply(batch.batch, batch.parcel, batch.carried, batch.proof(), lacking);
      }
      store.commit();
      next.forEach(durable);
      synchronized (this) {
        underWay -= next.size();
        notifyAll();
      }
    }
  }

  /** All that is proven and not yet applied: one commit makes it durable; empty at the end. */
  private synchronized List<Incoming> nextProven() throws IOException {
    awaitWhile(() -> proven.isEmpty() && !allProven);
    List<Incoming> next = failure == null ? List.copyOf(proven) : List.of();
    proven.clear();
    return next;
  }

  private synchronized void awaitWhile(BooleanSupplier nothing) throws IOException {
    try {
      while (failure == null && nothing.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  private static IOException interrupted(InterruptedException stop) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", stop);
  }

  private void fail(Throwable broken) {
    synchronized (this) {
      if (failure != null) {
        return;
      }
      failure = broken;
      notifyAll();
    }
    failed.accept(broken);
  }

  /** Ends the threads after what was added. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      allCame = true;
      notifyAll();
    }
    try {
      proving.join();
      applying.join();
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }
}
