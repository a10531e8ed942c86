package hapax.tools;

import hapax.sync.format.MailTarget;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import picocli.CommandLine;

/** Puts the commands together. */
final class Commands {
  private Commands() {}

  static CommandLine of(Hapax hapax) {
    CommandLine line =
        new CommandLine(hapax)
            .addSubcommand(new ImportCommand(hapax))
            .addSubcommand(new EstimateCommand(hapax))
            .addSubcommand(new ExportCommand(hapax))
            .addSubcommand(new CatCommand(hapax))
            .addSubcommand(new ShowCommand(hapax))
            .addSubcommand(new LsCommand(hapax))
            .addSubcommand(new ExpungeCommand(hapax))
            .addSubcommand(new RestoreCommand(hapax))
            .addSubcommand(flag(hapax))
            .addSubcommand(new MoveCommand(hapax))
            .addSubcommand(mailbox(hapax))
            .addSubcommand(new StatsCommand(hapax))
            .addSubcommand(new VerifyCommand(hapax))
            .addSubcommand(new SignaturesCommand(hapax))
            .addSubcommand(new RebuildCommand(hapax))
            .addSubcommand(new SweepCommand(hapax))
            .addSubcommand(new SyncCommand(hapax))
            .addSubcommand(new SyncServerCommand(hapax))
            .addSubcommand(new CertificateCommand(hapax))
            .addSubcommand(new PeersCommand(hapax))
            .addSubcommand(bundle(hapax))
            .addSubcommand(new DumpCommand(hapax))
            .addSubcommand(new BenchCommand(hapax))
            .addSubcommand(new VersionCommand(hapax));
    register(line, MailboxName.class, MailboxName::parse);
    register(line, ItemName.class, ItemName::parse);
    register(line, MessageName.class, MessageName::parse);
    register(line, SyncTarget.class, SyncTarget::parse);
    register(line, MailTarget.class, MailTarget::of);
    register(line, Instant.class, Moments::parse);
    return line.setOut(new PrintWriter(hapax.process().out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(hapax.process().err(), true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler((fault, args) -> hapax.misused(fault).number())
        .setExecutionExceptionHandler((fault, command, result) -> hapax.failed(fault).number());
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

  /** Reads words of a type; what {@code parse} says of a wrong one is shown to the user. */
  private static <T> void register(CommandLine line, Class<T> type, Function<String, T> parse) {
    line.registerConverter(
        type,
        text -> {
          try {
            return parse.apply(text);
          } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
          }
        });
  }
}
