package hapax.tools;

import hapax.sync.MailStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    List<String> findings = MailStore.rebuild(hapax().existingStorePath());
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    results.line("catalog built from the packs in " + Text.duration(time));
    findings.forEach(hapax()::warn);
    Map<String, Object> object = Json.object("seconds", time.toMillis() / 1000.0);
    object.put("findings", findings);
    results.object(object);
    return findings.isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
  }
}
