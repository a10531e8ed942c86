package hapax.tools;

import hapax.sync.MailStore;
import hapax.sync.Progress;
import hapax.sync.session.Line;
import hapax.sync.session.PipeLine;
import hapax.sync.session.ProcessLine;
import hapax.sync.session.Session;
import hapax.sync.session.SessionOptions;
import hapax.sync.session.SessionReport;
import hapax.sync.session.SocketLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exchanges changes with another store. */
@Command(
    name = "sync",
    description = {
      "Sync with another store: both get what the other has, nothing that anyone wants is lost.",
      "What the other side owns is not sent again."
    },
    footer = {
      "",
      "Targets:",
      "  DIR                      a store's folder",
      "  ssh:[user@]host[:DIR]    a store on another machine, where hapax is on the path",
      "  exec:COMMAND             a command that ends in hapax sync-server",
      "  tcp:HOST:PORT            a hapax sync-server that listens",
      "",
      "Examples:",
      "  hapax sync /mnt/backup/hapax",
      "  hapax sync --direction push --account jane ssh:mail.example.org"
    })
final class SyncCommand extends StoreCommand {
  @Parameters(paramLabel = "TARGET", description = "The other store.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SyncTarget target;

  @Option(
      names = "--account",
      paramLabel = "A",
      description = "This account only; may be given more than once.")
  private List<String> accounts = new ArrayList<>();

  @Option(
      names = "--direction",
      paramLabel = "both|push|pull",
      description = "Which way changes go: push from here, pull to here. Default: both.")
  private Direction direction = Direction.BOTH;

  @Option(
      names = "--trust",
      description = "The other side may learn what any account of this store owns.")
  private boolean trusted;

  @Mixin private final TlsFiles tls = new TlsFiles();

  /** The line to a command, which starts while the store here is opened. */
  private @Nullable Line started;

  SyncCommand(Hapax hapax) {
    super(hapax);
  }

  /** Which way changes go. */
  private enum Direction {
    BOTH,
    PUSH,
    PULL
  }

  @Override
  boolean makesStore() {
    return true;
  }

  @Override
  ExitCode run(Results results) throws IOException {
    accounts.forEach(this::requireAccountName);
    if (target instanceof SyncTarget.Folder folder && direction == Direction.PULL) {
      requireThere(folder.path());
    }
    if (target instanceof SyncTarget.Command command) {
      try (Line line = ProcessLine.start(command.words())) {
        started = line;
        return withStarted(results);
      }
    }
    return super.run(results);
  }

  private ExitCode withStarted(Results results) throws IOException {
    try {
      return super.run(results);
    } catch (IOException | RuntimeException | Error failed) {
      // Else a command that goes on by itself would be waited for.
      Objects.requireNonNull(started).tear();
      throw failed;
    }
  }

  /** There is nothing to pull where nothing is; told before a store is made here for it. */
  private static void requireThere(Path folder) throws IOException {
    if (!MailStore.isAt(folder)) {
      throw new FailedException(folder + ": no store there");
    }
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    try (ProgressLine progress = hapax().progress()) {
      SessionOptions options =
          SessionOptions.DEFAULT
              .directed(direction != Direction.PULL, direction != Direction.PUSH)
              .limitedTo(accounts)
              .trusting(trusted)
              .telling(progress.isShown() ? progress::done : Progress.NONE);
      return tell(run(store, options), results);
    }
  }

  private SessionReport run(MailStore store, SessionOptions options) throws IOException {
    if (target instanceof SyncTarget.Folder folder) {
      return withFolder(store, folder, options);
    }
    try (Line line = line()) {
      return new Session(store, options).call(line);
    }
  }

  private Line line() throws IOException {
    if (target instanceof SyncTarget.Service service) {
      InetSocketAddress address = new InetSocketAddress(service.host(), service.port());
      return SocketLine.connect(address, tls.context());
    }
    return Objects.requireNonNull(started);
  }

  private SessionReport withFolder(
      MailStore store, SyncTarget.Folder folder, SessionOptions options) throws IOException {
    requireOther(folder.path());
    PipeLine.Pair pair = PipeLine.pair();
    try (MailStore other = MailStore.open(folder.path(), direction != Direction.PULL)) {
      FutureTask<SessionReport> answer =
          new FutureTask<>(
              () -> {
                try (Line far = pair.other()) {
                  return new Session(other, SessionOptions.DEFAULT).answer(far);
                }
              });
      new Thread(answer, "sync-answer").start();
      try (Line line = pair.one()) {
        SessionReport report = new Session(store, options).call(line);
        return report.with(await(answer).failures());
      } finally {
        awaitEnd(answer);
      }
    }
  }

  private void requireOther(Path folder) throws IOException {
    if (Files.exists(folder) && Files.isSameFile(folder, hapax().storePath())) {
      throw new FailedException(folder + " is this store itself; a sync needs another");
    }
  }

  private static SessionReport await(FutureTask<SessionReport> answer) throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed.getCause() instanceof IOException io ? io : new IOException(failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  /** Waits until nothing uses the other store any more, however it went. */
  private static void awaitEnd(FutureTask<SessionReport> answer) throws IOException {
    try {
      answer.get();
    } catch (ExecutionException failed) {
      // The caller's side fails too, or has read how it went.
      return;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  private ExitCode tell(SessionReport report, Results results) throws IOException {
    hapax().warn(report.failures(), report.failures().size());
    results.line(
        String.format(
            "%s sent, %s received; %s out, %s in, %s",
            Text.count(report.changesSent(), "change"),
            Text.count(report.changesReceived()),
            Text.bytes(report.bytesSent()),
            Text.bytes(report.bytesReceived()),
            Text.count(report.roundTrips(), "round trip")));
    results.object(object(report));
    return report.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private static Map<String, ?> object(SessionReport report) {
    Map<String, Object> object = Json.object("changes_sent", report.changesSent());
    object.put("changes_received", report.changesReceived());
    object.put("bytes_sent", report.bytesSent());
    object.put("bytes_received", report.bytesReceived());
    object.put("round_trips", report.roundTrips());
    object.put("blobs_sent", report.blobsSent());
    object.put("blobs_skipped", report.blobsSkipped());
    object.put("failures", report.failures());
    return object;
  }
}
