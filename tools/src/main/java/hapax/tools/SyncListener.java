package hapax.tools;

import hapax.sync.MailStore;
import hapax.sync.session.Line;
import hapax.sync.session.Session;
import hapax.sync.session.SessionOptions;
import hapax.sync.session.SessionReport;
import hapax.sync.session.SocketLine;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers syncs that come in over TCP, a few at once, until the store takes nothing more: whoever
 * runs the service starts it again then, which opens the store anew.
 */
final class SyncListener {
  private static final int AT_ONCE = 8;

  private final MailStore store;
  private final SessionOptions options;
  private final SSLContext tls;
  private final Hapax hapax;
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
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (long i = 0; i < connections; i++) {
        Socket socket = listening.accept();
        workers.execute(() -> answer(socket, listening));
      }
    } catch (SocketException closed) {
      Throwable cause = broken;
      throw cause == null ? closed : new IOException(Explain.line(cause), cause);
    } finally {
      workers.shutdown();
      awaitEnd(workers);
    }
  }

  private static void awaitEnd(ExecutorService workers) throws IOException {
    try {
      if (!workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) {
        throw new IOException("a session does not end");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  private void answer(Socket socket, ServerSocket listening) {
    try (Line line = SocketLine.accept(socket, tls)) {
      SessionReport report = new Session(store, options).answer(line);
      hapax.warn(report.failures(), report.failures().size());
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      hapax.warn(Explain.line(failed));
      endIfBroken(listening);
    }
  }

  /** What failed ends its session alone, but for a store that will take nothing more. */
  private void endIfBroken(ServerSocket listening) {
    try {
      store.commit();
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      broken = failed;
      try {
        listening.close();
      } catch (IOException cantClose) {
        failed.addSuppressed(cantClose);
      }
    }
  }
}
