package hapax.tools;

import hapax.sync.MailStore;
import hapax.sync.session.Line;
import hapax.sync.session.Session;
import hapax.sync.session.SessionOptions;
import hapax.sync.session.SessionReport;
import hapax.sync.session.StreamLine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The far side of a sync. */
@Command(
    name = "sync-server",
    description = "Answer one sync on standard input and output; what hapax sync starts over ssh.",
    footer = {
      "",
      "Examples:",
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

  SyncServerCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  boolean makesStore() {
    return true;
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    SessionOptions options = SessionOptions.DEFAULT.limitedTo(accounts).trusting(trusted);
    try (Line line =
        new StreamLine(hapax().process().in(), new BufferedOutputStream(hapax().process().out()))) {
      SessionReport report = new Session(store, options).answer(line);
      hapax().warn(report.failures(), report.failures().size());
      return report.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }
  }
}
