package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.sync.MailStore;
import hapax.sync.session.SessionOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a service goes on after a session that failed. */
@Timeout(60)
class SyncListenerTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicInteger commits = new AtomicInteger();

  /** A store of which nothing is asked but to commit, which it can so many times. */
  private MailStore store(int possible) {
    return (MailStore)
        Proxy.newProxyInstance(
            MailStore.class.getClassLoader(),
            new Class<?>[] {MailStore.class},
            (self, method, values) -> {
              if (method.getName().equals("commit") && commits.incrementAndGet() > possible) {
                throw new IOException(
                    "the store takes nothing more after a failed write: disk full");
              }
              return null;
            });
  }

  private CompletableFuture<Void> serve(ServerSocket listening, MailStore store, int connections) {
    PrintStream lines = new PrintStream(err, true, StandardCharsets.UTF_8);
    Hapax hapax =
        new Hapax(
            new Surroundings(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                lines,
                Map.of(),
                false));
    return CompletableFuture.runAsync(
        () -> {
          try {
            new SyncListener(store, SessionOptions.DEFAULT, SSLContext.getDefault(), hapax)
                .run(listening, connections);
          } catch (IOException | NoSuchAlgorithmException failed) {
            throw new CompletionException(failed);
          }
        });
  }

  /** Somebody who does not even speak TLS. */
  private void callAndSayNonsense(ServerSocket listening, int before) throws IOException {
    try (Socket socket = new Socket(HERE, listening.getLocalPort())) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Awaitility.await().until(() -> commits.get() > before);
    }
  }

  @Test
  void sessionThatFailedEndsAlone() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, HERE)) {
      CompletableFuture<Void> service = serve(listening, store(9), 3);
      for (int i = 0; i < 3; i++) {
        callAndSayNonsense(listening, i);
      }
      service.join();
    }
    assertEquals(3, err.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void serviceEndsWhenTheStoreTakesNothingMore() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, HERE)) {
      CompletableFuture<Void> service = serve(listening, store(1), 1_000);
      callAndSayNonsense(listening, 0);
      callAndSayNonsense(listening, 1);
      CompletionException ended = assertThrows(CompletionException.class, service::join);
      assertTrue(String.valueOf(ended.getCause().getMessage()).contains("takes nothing more"));
      assertTrue(listening.isClosed());
    }
  }
}
