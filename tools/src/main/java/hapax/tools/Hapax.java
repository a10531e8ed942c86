package hapax.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line as a whole: what all commands share, and the commands. */
@Command(
    name = "hapax",
    header = "Keeps mail, every attachment once, and gives every message back bit for bit.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "First steps:",
      "  hapax import --account jane ~/Maildir",
      "  hapax stats",
      "Each command explains itself: hapax import --help"
    })
final class Hapax implements Runnable {
  private static final int WARNINGS = 20;

  private final Surroundings process;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The store; else $HAPAX_STORE, else $XDG_DATA_HOME/hapax.")
  private @Nullable Path store;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Results as one JSON object, the last line of standard output.")
  private boolean json;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "No progress, no warnings; errors only.")
  private boolean quiet;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "With an error, show where in the program it happened.")
  private boolean debug;

  @Option(
      names = "--help",
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain the command and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  Hapax(Surroundings process) {
    this.process = process;
  }

  /** Runs the command that {@code args} name and returns the exit code. */
  static int run(Surroundings process, String... args) {
    Hapax hapax = new Hapax(process);
    try {
      return Commands.of(hapax, args).execute(args);
    } catch (OutOfMemoryError e) {
      return hapax.failed(e).number();
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  Surroundings process() {
    return process;
  }

  /** The results of one command. */
  Results results() {
    return new Results(process.out(), json);
  }

  /** A line of progress, if someone looks and wants it. */
  ProgressLine progress() {
    return new ProgressLine(process.err(), process.terminal() && !quiet);
  }

  /** The name of the user who runs the program. */
  String user() {
    return variable("USER").orElseGet(() -> System.getProperty("user.name"));
  }

  /** Where the store is, said or not. */
  Path storePath() {
    return Optional.ofNullable(store)
        .or(() -> variable("HAPAX_STORE").map(Path::of))
        .or(() -> variable("XDG_DATA_HOME").map(home -> Path.of(home, "hapax")))
        .orElseGet(() -> Path.of(variable("HOME").orElse("."), ".local", "share", "hapax"));
  }

  /** Where the store is, which must be there. */
  Path existingStorePath() throws FailedException {
    Path folder = storePath();
    if (!Files.exists(folder)) {
      throw new FailedException(folder + ": no store there; the first import makes one");
    }
    return folder;
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(process.environment().get(name)).filter(value -> !value.isEmpty());
  }

  /** A line for the person, about something that does not stop the work. */
  void warn(String text) {
    if (!quiet) {
      process.err().println("hapax: " + Text.printable(text));
    }
  }

  /** Lines for the person, about things that went wrong while the rest went on. */
  void warn(List<?> findings, long all) {
    findings.stream().limit(WARNINGS).forEach(finding -> warn(finding.toString()));
    long more = all - Math.min(WARNINGS, findings.size());
    if (more > 0) {
      warn("and " + Text.count(more) + " more (--json lists up to a thousand)");
    }
  }

  /** Says what went wrong. */
  void complain(Throwable fault) {
    if (debug) {
      fault.printStackTrace(process.err());
    } else {
      process.err().println("hapax: " + Text.printable(Explain.line(fault)));
    }
  }

  /** Says why the command failed. */
  ExitCode failed(Throwable fault) {
    if (debug || !(fault instanceof ReaderGoneException)) {
      complain(fault);
    }
    return ExitCode.FAILED;
  }

  /** Says what makes no sense in the words of the command. */
  ExitCode misused(ParameterException fault) {
    CommandLine command = fault.getCommandLine();
    process.err().println("hapax: " + Text.printable(String.valueOf(fault.getMessage())));
    CommandLine.UnmatchedArgumentException.printSuggestions(fault, process.err());
    process.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }
}
