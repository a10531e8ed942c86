package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Decodes and hashes on all processors; the first error that is no finding ends it. */
final class CheckWorkers implements Closeable {
  private static final int WAITING_EACH = 8;

  private final int processors = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads = Executors.newFixedThreadPool(processors);
  private final Semaphore room = new Semaphore(processors * WAITING_EACH);
  private final ConcurrentLinkedQueue<FrameCodec> codecs = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Work with a codec of its own. */
  @FunctionalInterface
  interface Work {
    void run(FrameCodec codec) throws IOException;
  }

  /** Has the work done soon; waits while too much is waiting. */
  void run(Work work) throws IOException {
    throwFailure();
    room.acquireUninterruptibly();
    threads.execute(() -> doWork(work));
  }

  private void doWork(Work work) {
    FrameCodec polled = codecs.poll();
    FrameCodec codec = polled == null ? new FrameCodec() : polled;
    try {
      work.run(codec);
    } catch (IOException | RuntimeException | Error failed) {
      failure.compareAndSet(null, failed);
    } finally {
      codecs.add(codec);
      room.release();
    }
  }

  /** Waits until all work is done. */
  void finish() throws IOException {
    room.acquireUninterruptibly(processors * WAITING_EACH);
    room.release(processors * WAITING_EACH);
    throwFailure();
  }

  private void throwFailure() throws IOException {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IOException("the check can not go on: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    room.acquireUninterruptibly(processors * WAITING_EACH);
    threads.shutdown();
    for (FrameCodec codec = codecs.poll(); codec != null; codec = codecs.poll()) {
      codec.close();
    }
  }
}
