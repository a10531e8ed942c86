package hapax.tools;

import hapax.sync.MailStore;
import hapax.sync.session.Line;
import hapax.sync.session.Session;
import hapax.sync.session.SessionOptions;
import hapax.sync.session.SessionReport;
import hapax.sync.session.StreamLine;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The far side of a sync. */
@Command(
    name = "sync-server",
    description = {
      "Answer one sync on standard input and output; what hapax sync starts over ssh.",
      "With --listen, answer syncs over tcp until stopped, or until the store takes nothing more."
    },
    footer = {
      "",
      "Examples:",
      "  hapax sync-server --listen 0.0.0.0:4190 --certificate a.crt --key a.key --trusted b.crt",
      "  hapax sync exec:'hapax --store /mnt/backup/hapax sync-server'",
      "  command=\"hapax sync-server --account jane\" in jane's line of authorized_keys"
    })
final class SyncServerCommand extends StoreCommand {
  @Option(
      names = "--account",
      paramLabel = "A",
      description = "The peer may sync this account only; may be given more than once.")
  private List<String> accounts = new ArrayList<>();

  @Option(
      names = "--trust",
      description = "The peer may learn what any account of this store owns.")
  private boolean trusted;

  @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Answer syncs over tcp here.")
  private @Nullable String listen;

  @Option(names = "--sessions", paramLabel = "N", description = "End after so many connections.")
  private long sessions = Long.MAX_VALUE;

  @Mixin private final TlsFiles tls = new TlsFiles();

  /** What the caller says, unless this listens. */
  private InputStream said = InputStream.nullInputStream();

  SyncServerCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  boolean makesStore() {
    return true;
  }

  @Override
  ExitCode run(Results results) throws IOException {
    accounts.forEach(this::requireAccountName);
    return listen == null ? answer(results) : super.run(results);
  }

  /** Makes and opens the store once the caller says something: its own may not have opened. */
  private ExitCode answer(Results results) throws IOException {
    InputStream in = hapax().process().in();
    int first = in.read();
    if (first < 0) {
      return ExitCode.DONE;
    }
    said = new SequenceInputStream(new ByteArrayInputStream(new byte[] {(byte) first}), in);
    return super.run(results);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    SessionOptions options = SessionOptions.DEFAULT.limitedTo(accounts).trusting(trusted);
    if (listen != null) {
      listen(store, options, service(listen));
      return ExitCode.DONE;
    }
    try (Line line = new StreamLine(said, new BufferedOutputStream(hapax().process().out()))) {
      SessionReport report = new Session(store, options).answer(line);
      hapax().warn(report.failures(), report.failures().size());
      return report.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }
  }

  private SyncTarget.Service service(String text) {
    try {
      return SyncTarget.service(text);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private void listen(MailStore store, SessionOptions options, SyncTarget.Service at)
      throws IOException {
    SyncListener listener = new SyncListener(store, options, tls.context(), hapax());
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(at.host(), at.port()));
      hapax().warn("listening on port " + socket.getLocalPort());
      listener.run(socket, sessions);
    }
  }
}
