package hapax.sync;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads with a tool each, that take tasks from a short queue in the order in which they came. The
 * first failure stops them all and comes out of the next call. Threads are never interrupted: that
 * would close files under the store.
 */
final class Crew<T extends Closeable> implements Closeable {
  private static final long CHECK_MILLIS = 100;

  private final BlockingQueue<Task<T>> queue;
  private final List<Thread> threads = new ArrayList<>();
  private final ToolMaker<T> tools;
  private volatile @Nullable Throwable failure;
  private volatile boolean ending;

  /** What one thread works with. */
  @FunctionalInterface
  interface ToolMaker<T> {
    T make() throws IOException;
  }

  /** A piece of work. */
  @FunctionalInterface
  interface Task<T> {
    void with(T tool) throws IOException;
  }

  /** Some task failed; says what its failure says. */
  static final class FailedException extends IOException {
    private static final long serialVersionUID = 1;

    FailedException(Throwable cause) {
      super(cause instanceof IOException ? cause.getMessage() : cause.toString(), cause);
    }
  }

  Crew(String name, int size, ToolMaker<T> tools) {
    this.queue = new ArrayBlockingQueue<>(2 * size);
    this.tools = tools;
    for (int i = 0; i < size; i++) {
      Thread thread = new Thread(this::work, name + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** As many threads as there are processors. */
  static int usualSize() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void work() {
    try (T tool = tools.make()) {
      for (Task<T> task = next(); task != null; task = next()) {
        task.with(tool);
      }
    } catch (IOException | RuntimeException | Error broken) {
      fail(broken);
    } catch (InterruptedException stopped) {
      fail(stopped);
    }
  }

  /** The next task; null when there is none to come. */
  private @Nullable Task<T> next() throws InterruptedException {
    while (failure == null) {
      Task<T> task = queue.poll(CHECK_MILLIS, TimeUnit.MILLISECONDS);
      if (task != null || ending) {
        return task != null ? task : queue.poll();
      }
    }
    return null;
  }

  private synchronized void fail(Throwable broken) {
    if (failure == null) {
      failure = broken;
    }
  }

  /** Adds a task; waits while the queue is full. */
  void submit(Task<T> task) throws IOException {
    try {
      do {
        check();
      } while (!queue.offer(task, CHECK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  /** Takes a permit; waits until there is one, as long as the crew works. */
  void acquire(Semaphore permits) throws IOException {
    try {
      do {
        check();
      } while (!permits.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  /** Waits until all tasks are done. */
  void finish() throws IOException {
    close();
    check();
  }

  private void check() throws IOException {
    Throwable broken = failure;
    if (broken != null) {
      throw new FailedException(broken);
    }
  }

  private static IOException interrupted(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", stopped);
  }

  /** Lets the threads end: after all tasks, or after the one at hand if something failed. */
  @Override
  public void close() throws IOException {
    ending = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }
}
