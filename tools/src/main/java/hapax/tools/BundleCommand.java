package hapax.tools;

import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.session.BundleApplier;
import hapax.sync.session.BundleReader;
import hapax.sync.session.BundleReport;
import hapax.sync.session.BundleWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sync by files that are carried. */
@Command(
    name = "bundle",
    description = "Sync by a file that is carried: write one, apply one, show one.",
    synopsisSubcommandLabel = "write|apply|show",
    footer = {
      "",
      "Example:",
      "  hapax bundle write /media/stick/mail.bundle --for 5f3a90c1d2e4b687"
    })
final class BundleCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected write, apply or show");
  }

  private static ExitCode tell(BundleReport report, Hapax hapax, Results results)
      throws IOException {
    hapax.warn(report.debts(), report.debts().size());
    if (!report.whole()) {
      hapax.warn("the bundle was cut: it was read up to its last whole batch");
    }
    results.line(
        String.format(
            "%s in %s, %s, %s",
            Text.count(report.changes(), "change"),
            Text.count(report.batches(), "batch"),
            Text.count(report.blobs(), "attachment"),
            Text.bytes(report.bytes())));
    results.object(object(report));
    return report.whole() && report.debts().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private static Map<String, ?> object(BundleReport report) {
    Map<String, Object> object = Json.object("changes", report.changes());
    object.put("blobs", report.blobs());
    object.put("bytes", report.bytes());
    object.put("debts", report.debts());
    object.put("batches", report.batches());
    object.put("whole", report.whole());
    object.put("from", Replication.name(report.head().writer()));
    object.put("for", Replication.name(report.head().reader()));
    object.put("written", report.head().written());
    return object;
  }

  /** Writes a bundle. */
  @Command(
      name = "write",
      description = {
        "Write what a peer has not seen, as far as is known, into a file.",
        "Until the peer is heard of again, the next bundle contains the same and more."
      },
      footer = {"", "Example:", "  hapax bundle write mail.bundle --for 5f3a90c1d2e4b687"})
  static final class Write extends StoreCommand {
    @Parameters(paramLabel = "FILE", description = "The bundle; replaced if it is there.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
        names = "--for",
        required = true,
        paramLabel = "PEER",
        description = "The replica that it is for: 16 digits, as hapax peers says there.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String peer;

    @Option(
        names = "--whole",
        description = "Leave nothing out that the peer is thought to own; pays all debts.")
    private boolean whole;

    Write(Hapax hapax) {
      super(hapax);
    }

    @Override
    ExitCode run(MailStore store, Results results) throws IOException {
      BundleWriter writer = new BundleWriter(store, replica(), whole);
      if (Files.isDirectory(file)) {
        throw new FailedException(file + " is a folder");
      }
      return tell(write(writer), hapax(), results);
    }

    /** Writes beside and gives it its name; nothing stays beside, however it went. */
    private BundleReport write(BundleWriter writer) throws IOException {
      Path beside = file.resolveSibling(file.getFileName() + ".part");
      OutputStream out = Files.newOutputStream(beside);
      try {
        BundleReport report = write(writer, out, beside);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        return report;
      } finally {
        Files.deleteIfExists(beside);
      }
    }

    private static BundleReport write(BundleWriter writer, OutputStream to, Path beside)
        throws IOException {
      BundleReport report;
      try (to) {
        report = writer.write(to);
      }
      try (FileChannel written = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      return report;
    }

    private long replica() {
      try {
        return Replication.parse(peer);
      } catch (IllegalArgumentException e) {
        throw misuse(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Applies a bundle. */
  @Command(
      name = "apply",
      description = {
        "Take a bundle in; taking it in again changes nothing.",
        "A bundle that was cut is taken up to its last whole batch."
      },
      footer = {"", "Example:", "  hapax bundle apply /media/stick/mail.bundle"})
  static final class Apply extends StoreCommand {
    @Parameters(paramLabel = "FILE", description = "The bundle.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    Apply(Hapax hapax) {
      super(hapax);
    }

    @Override
    boolean makesStore() {
      return true;
    }

    @Override
    ExitCode run(MailStore store, Results results) throws IOException {
      try (InputStream in = Files.newInputStream(file);
          BundleReader bundle = new BundleReader(in, file.toString())) {
        return tell(new BundleApplier(store).apply(bundle), hapax(), results);
      }
    }
  }

  /** Shows a bundle. */
  @Command(
      name = "show",
      description = "Show what a bundle holds, without a store; checks all of it.",
      footer = {"", "Example:", "  hapax bundle show mail.bundle"})
  static final class Show extends BasicCommand {
    @Parameters(paramLabel = "FILE", description = "The bundle.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--changes", description = "Show every change.")
    private boolean changes;

    Show(Hapax hapax) {
      super(hapax);
    }

    @Override
    ExitCode run(Results results) throws IOException {
      return tell(show(file, changes, results), hapax(), results);
    }
  }

  /** Shows a bundle's batches, and their changes if {@code all}. */
  static BundleReport show(Path file, boolean all, Results results) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        BundleReader bundle = new BundleReader(in, file.toString())) {
      results.line(
          String.format(
              "bundle from %s for %s, written %s",
              Replication.name(bundle.head().writer()),
              Replication.name(bundle.head().reader()),
              Text.time(bundle.head().written())));
      return bundle.show(all, results::line);
    }
  }
}
