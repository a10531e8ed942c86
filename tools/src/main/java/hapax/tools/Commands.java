package hapax.tools;

import hapax.sync.format.MailTarget;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;

/** Puts the commands together. */
final class Commands {
  /** All commands, in the order in which help lists them. */
  private static final List<String> NAMES =
      List.of(
          "import",
          "estimate",
          "export",
          "cat",
          "show",
          "ls",
          "expunge",
          "restore",
          "flag",
          "move",
          "mailbox",
          "stats",
          "verify",
          "signatures",
          "rebuild",
          "sweep",
          "sync",
          "sync-server",
          "certificate",
          "peers",
          "bundle",
          "dump",
          "bench",
          "version");

  static {
    // No option is of these kinds; to look for what reads them takes 10 ms of each start.
    System.setProperty("picocli.converters.excludes", "java[.]time[.].*,java[.]sql[.].*");
  }

  private Commands() {}

  /** The command line with all commands. */
  static CommandLine of(Hapax hapax) {
    return of(hapax, NAMES);
  }

  /**
   * The command line for {@code args}: where they name a command, with just that one. To put all
   * together takes longer than many a command does.
   */
  static CommandLine of(Hapax hapax, String... args) {
    String named = named(args);
    return of(hapax, NAMES.contains(named) ? List.of(named) : NAMES);
  }

  /** The first word that is neither one of our options nor its value; empty if in doubt. */
  private static String named(String... args) {
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--json", "--quiet", "--debug" -> {}
        case "--store" -> {
          i++;
          if (i == args.length || isMoreThanAValue(args[i])) {
            return "";
          }
        }
        default -> {
          return args[i];
        }
      }
    }
    return "";
  }

  /** A command is no value, and a file of words may have several. */
  private static boolean isMoreThanAValue(String word) {
    return NAMES.contains(word) || word.startsWith("@");
  }

  private static CommandLine of(Hapax hapax, List<String> names) {
    CommandLine line = new CommandLine(hapax);
    for (String name : names) {
      line.addSubcommand(command(name, hapax));
    }
    register(line, MailboxName.class, MailboxName::parse);
    register(line, ItemName.class, ItemName::parse);
    register(line, MessageName.class, MessageName::parse);
    register(line, MessageName.OfDigest.class, MessageName.OfDigest::parse);
    register(line, SyncTarget.class, SyncTarget::parse);
    register(line, MailTarget.class, MailTarget::of);
    register(line, Instant.class, Moments::parse);
    return line.setOut(new PrintWriter(hapax.process().out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(hapax.process().err(), true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(new Misuse(hapax))
        .setExecutionExceptionHandler(new Failure(hapax));
  }

  private static Object command(String name, Hapax hapax) {
    return switch (name) {
      case "import" -> new ImportCommand(hapax);
      case "estimate" -> new EstimateCommand(hapax);
      case "export" -> new ExportCommand(hapax);
      case "cat" -> new CatCommand(hapax);
      case "show" -> new ShowCommand(hapax);
      case "ls" -> new LsCommand(hapax);
      case "expunge" -> new ExpungeCommand(hapax);
      case "restore" -> new RestoreCommand(hapax);
      case "flag" -> flag(hapax);
      case "move" -> new MoveCommand(hapax);
      case "mailbox" -> mailbox(hapax);
      case "stats" -> new StatsCommand(hapax);
      case "verify" -> new VerifyCommand(hapax);
      case "signatures" -> new SignaturesCommand(hapax);
      case "rebuild" -> new RebuildCommand(hapax);
      case "sweep" -> new SweepCommand(hapax);
      case "sync" -> new SyncCommand(hapax);
      case "sync-server" -> new SyncServerCommand(hapax);
      case "certificate" -> new CertificateCommand(hapax);
      case "peers" -> new PeersCommand(hapax);
      case "bundle" -> bundle(hapax);
      case "dump" -> new DumpCommand(hapax);
      case "bench" -> new BenchCommand(hapax);
      case "version" -> new VersionCommand(hapax);
      default -> throw new IllegalArgumentException("no command " + name);
    };
  }

  /** A flag to clear looks like an option; here it is none. */
  private static CommandLine flag(Hapax hapax) {
    return new CommandLine(new FlagCommand(hapax)).setUnmatchedOptionsArePositionalParams(true);
  }

  private static CommandLine bundle(Hapax hapax) {
    return new CommandLine(new BundleCommand())
        .addSubcommand(new BundleCommand.Write(hapax))
        .addSubcommand(new BundleCommand.Apply(hapax))
        .addSubcommand(new BundleCommand.Show(hapax));
  }

  private static CommandLine mailbox(Hapax hapax) {
    return new CommandLine(new MailboxCommand())
        .addSubcommand(new MailboxCommand.Create(hapax))
        .addSubcommand(new MailboxCommand.Rename(hapax))
        .addSubcommand(new MailboxCommand.Delete(hapax));
  }

  private static <T> void register(CommandLine line, Class<T> type, Function<String, T> parse) {
    line.registerConverter(type, new Reading<>(parse));
  }

  // These are classes, not lambdas: the archive of classes takes no interface as old as picocli's
  // for which there is a lambda, nor what else implements it.

  /** Reads words of a type; what {@code parse} says of a wrong one is shown to the user. */
  private record Reading<T>(Function<String, T> parse) implements CommandLine.ITypeConverter<T> {
    @Override
    public T convert(String text) {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  private record Misuse(Hapax hapax) implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(CommandLine.ParameterException fault, String[] args) {
      return hapax.misused(fault).number();
    }
  }

  private record Failure(Hapax hapax) implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception fault, CommandLine command, CommandLine.ParseResult result) {
      return hapax.failed(fault).number();
    }
  }
}
