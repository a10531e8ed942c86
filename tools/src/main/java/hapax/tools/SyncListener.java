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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Answers syncs that come in over TCP, a few at once. */
final class SyncListener {
  private static final int AT_ONCE = 8;

  private final MailStore store;
  private final SessionOptions options;
  private final SSLContext tls;
  private final Hapax hapax;

  SyncListener(MailStore store, SessionOptions options, SSLContext tls, Hapax hapax) {
    this.store = store;
    this.options = options;
    this.tls = tls;
    this.hapax = hapax;
  }

  /** Answers so many connections. */
  void run(ServerSocket listening, long connections) throws IOException {
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (long i = 0; i < connections; i++) {
        Socket socket = listening.accept();
        workers.execute(() -> answer(socket));
      }
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

  private void answer(Socket socket) {
    try (Line line = SocketLine.accept(socket, tls)) {
      SessionReport report = new Session(store, options).answer(line);
      hapax.warn(report.failures(), report.failures().size());
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      // It ends this session alone.
      hapax.warn(Explain.line(failed));
    }
  }
}
