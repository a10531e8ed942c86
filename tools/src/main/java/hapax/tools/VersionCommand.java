package hapax.tools;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Says what runs. */
@Command(
    name = "version",
    description = "Show the versions of the program, of Java and of the store's format.",
    footer = {"", "Example:", "  hapax version"})
final class VersionCommand extends BasicCommand {
  VersionCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(Results results) throws IOException {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("version", version());
    versions.put("java", System.getProperty("java.version"));
    results.line("hapax " + version());
    results.line("Java " + System.getProperty("java.version"));
    results.object(versions);
    return ExitCode.DONE;
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
