package hapax.tools;

import hapax.sync.MailStore;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;

/** Makes the catalog anew. */
@Command(
    name = "rebuild",
    description = "Throw the catalog away and build it from the packs, which are the truth.",
    footer = {"", "Example:", "  hapax rebuild"})
final class RebuildCommand extends BasicCommand {
  RebuildCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(Results results) throws IOException {
    long start = System.nanoTime();
    MailStore.rebuild(hapax().existingStorePath());
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    results.line("catalog built from the packs in " + Text.duration(time));
    results.object(Json.object("seconds", time.toMillis() / 1000.0));
    return ExitCode.DONE;
  }
}
