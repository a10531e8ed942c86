package hapax.tools;

import hapax.sync.MailStore;
import hapax.sync.session.Line;
import hapax.sync.session.Session;
import hapax.sync.session.SessionOptions;
import hapax.sync.session.SessionReport;
import hapax.sync.session.SocketLine;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers syncs that come in over TCP, until the store takes nothing more: whoever runs the service
 * starts it again then, which opens the store anew. A few are answered at once, others wait. Many
 * more may be about to show who they are, for that may take any stranger half a minute. Use an
 * object once.
 */
final class SyncListener {
  private static final int SESSIONS = 8;
  private static final int CALLERS = 64;

  /** How long a caller waits for a session; it gives up itself after ten minutes of silence. */
  private static final int WAIT_MINUTES = 5;

  private final MailStore store;
  private final SessionOptions options;
  private final SSLContext tls;
  private final Hapax hapax;
  private final Semaphore sessions = new Semaphore(SESSIONS, true);
  private final Semaphore callers = new Semaphore(CALLERS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Throwable broken;

  SyncListener(MailStore store, SessionOptions options, SSLContext tls, Hapax hapax) {
    this.store = store;
    this.options = options;
    this.tls = tls;
    this.hapax = hapax;
  }

  /**
   * Answers so many connections.
   *
   * @throws IOException if the store takes nothing more
   */
  void run(ServerSocket listening, long connections) throws IOException {
    ExecutorService workers = Executors.newCachedThreadPool();
    try {
      for (long i = 0; i < connections; i++) {
        callers.acquire();
        Socket socket = listening.accept();
        workers.execute(() -> meet(socket, listening));
      }
    } catch (SocketException closed) {
      if (broken == null) {
        throw closed;
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    } finally {
      listening.close();
      workers.shutdown();
      awaitEnd(workers);
    }
    Throwable cause = broken;
    if (cause != null) {
      throw new IOException(Explain.line(cause), cause);
    }
  }

  private static void awaitEnd(ExecutorService workers) throws IOException {
    try {
      if (!workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) {
        throw new IOException("a session does not end");
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  private static IOException interrupted(InterruptedException stop) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", stop);
  }

  private void meet(Socket socket, ServerSocket listening) {
    try (socket) {
      open.add(socket);
      // Who closes all that are open does so after it is broken: one of the two sees the other.
      if (broken == null) {
        answer(socket, listening);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      if (broken == null) {
        hapax.warn(Explain.line(failed));
      }
    } finally {
      open.remove(socket);
      callers.release();
    }
  }

  private void answer(Socket socket, ServerSocket listening) throws IOException {
    try (Line line = SocketLine.accept(socket, tls)) {
      if (!sessions.tryAcquire(WAIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(
            SESSIONS
                + " sessions were under way for "
                + WAIT_MINUTES
                + " minutes; one was refused");
      }
      try {
        answer(line, listening);
      } finally {
        sessions.release();
      }
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  private void answer(Line line, ServerSocket listening) throws IOException {
    if (broken != null) {
      return;
    }
    try {
      SessionReport report = new Session(store, options).answer(line);
      hapax.warn(report.failures(), report.failures().size());
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      endIfBroken(failed, listening);
      throw failed;
    }
  }

  /** What failed ends its session alone, but for a store that will take nothing more. */
  private void endIfBroken(Throwable why, ServerSocket listening) {
    try {
      store.commit();
    } catch (IOException | RuntimeException failed) {
      broken = failed;
      close(listening, failed);
      open.forEach(socket -> close(socket, failed));
    } catch (OutOfMemoryError again) {
      // If that broke the store, the next session tells.
      why.addSuppressed(again);
    }
  }

  private static void close(Closeable socket, Exception during) {
    try {
      socket.close();
    } catch (IOException failed) {
      during.addSuppressed(failed);
    }
  }
}
