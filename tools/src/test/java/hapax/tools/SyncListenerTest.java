package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.sync.MailStore;
import hapax.sync.session.Line;
import hapax.sync.session.Session;
import hapax.sync.session.SessionOptions;
import hapax.sync.session.SocketLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How a service goes on after a session that failed, and beside strangers who say nothing. */
@Timeout(60)
class SyncListenerTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /** Far less than a stranger may be silent. */
  private static final int SOON = 15;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final List<Socket> strangers = new ArrayList<>();

  @TempDir Path folder;
  private MailStore store;
  private ServerSocket listening;
  private TlsFiles tls;

  @BeforeEach
  void bothTrustOneCertificate() throws IOException {
    SelfSigned made = SelfSigned.make("both");
    Path certificate = Files.writeString(folder.resolve("both.crt"), made.certificate());
    Path key = Files.writeString(folder.resolve("both.key"), made.key());
    tls =
        CommandLine.populateCommand(
            new TlsFiles(),
            "--certificate=" + certificate,
            "--key=" + key,
            "--trusted=" + certificate);
    store = MailStore.open(folder.resolve("store"), true, InstantSource.system());
    listening = new ServerSocket(0, 100, HERE);
  }

  @AfterEach
  void closeAll() throws IOException {
    for (Socket stranger : strangers) {
      stranger.close();
    }
    listening.close();
    store.close();
  }

  /** The store, which can be told to take nothing more. */
  private MailStore breakable() {
    return (MailStore)
        Proxy.newProxyInstance(
            MailStore.class.getClassLoader(),
            new Class<?>[] {MailStore.class},
            (self, method, values) -> {
              if (method.getName().equals("commit")) {
                commits.incrementAndGet();
                if (broken.get()) {
                  throw new IOException("the store takes nothing more after a failed write");
                }
              }
              try {
                return method.invoke(store, values);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  private CompletableFuture<Void> serve(int connections) {
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
                new SyncListener(breakable(), SessionOptions.DEFAULT, tls.context(), hapax)
                    .run(listening, connections);
              } catch (IOException failed) {
                throw new CompletionException(failed);
              }
            })
        .orTimeout(SOON, TimeUnit.SECONDS);
  }

  private Line call() throws IOException {
    return SocketLine.connect(new InetSocketAddress(HERE, listening.getLocalPort()), tls.context());
  }

  private void sayNonsense() throws IOException {
    try (Line line = call()) {
      sayNonsense(line);
    }
  }

  /** Waits until the other side is gone. */
  private static void sayNonsense(Line line) throws IOException {
    line.out().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    line.out().flush();
    line.in().readAllBytes();
  }

  private void sync() throws IOException {
    try (MailStore own = MailStore.open(folder.resolve("own"), true, InstantSource.system());
        Line line = call()) {
      new Session(own, SessionOptions.DEFAULT).call(line);
    }
  }

  private Socket stranger() throws IOException {
    Socket socket = new Socket(HERE, listening.getLocalPort());
    strangers.add(socket);
    return socket;
  }

  private void assertEndedForTheStore(CompletableFuture<Void> service) {
    CompletionException ended = assertThrows(CompletionException.class, service::join);
    assertTrue(
        String.valueOf(ended.getCause().getMessage()).contains("takes nothing more"),
        () -> ended.getCause() + "");
  }

  @Test
  void sessionThatFailedEndsAlone() throws IOException {
    CompletableFuture<Void> service = serve(3);
    sayNonsense();
    sayNonsense();
    sync();
    service.join();
    assertEquals(2, err.toString(StandardCharsets.UTF_8).lines().count(), err::toString);
  }

  @Test
  void serviceEndsWhenTheStoreTakesNothingMoreWhoeverElseIsThere() throws IOException {
    CompletableFuture<Void> service = serve(1_000);
    try (Line silent = call();
        Line failing = call()) {
      for (int i = 0; i < 70; i++) {
        stranger();
      }
      Awaitility.await().until(() -> commits.get() == 2);
      broken.set(true);
      sayNonsense(failing);
      assertEndedForTheStore(service);
      assertEquals(-1, silent.in().read());
    }
    assertTrue(listening.isClosed());
    assertEquals("", err.toString(StandardCharsets.UTF_8), "the command says it");
  }

  @Test
  void lastSessionTellsToo() {
    CompletableFuture<Void> service = serve(1);
    broken.set(true);
    assertThrows(IOException.class, this::sync);
    assertEndedForTheStore(service);
  }

  @Test
  void whoComesNinthWaits() throws IOException {
    CompletableFuture<Void> service = serve(9);
    List<Line> first = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      int sessions = i;
      first.add(call());
      Awaitility.await().until(() -> commits.get() == sessions);
    }
    CompletableFuture<Void> ninth =
        CompletableFuture.runAsync(
            () -> {
              try {
                sync();
              } catch (IOException failed) {
                throw new CompletionException(failed);
              }
            });
    Awaitility.await().during(Duration.ofMillis(500)).until(() -> commits.get() == 8);
    sayNonsense(first.get(0));
    ninth.join();
    for (Line each : first) {
      each.close();
    }
    service.join();
  }

  @Test
  void silentStrangersTakeNoSession() throws IOException {
    CompletableFuture<Void> service = serve(21);
    for (int i = 0; i < 20; i++) {
      stranger();
    }
    sync();
    assertTrue(commits.get() > 0);
    for (Socket each : strangers) {
      each.close();
    }
    service.join();
  }

  @Test
  void strangersDoNotMakeTheStoreCommit() throws IOException {
    CompletableFuture<Void> service = serve(1);
    stranger()
        .getOutputStream()
        .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    service.join();
    assertEquals(0, commits.get());
  }
}
