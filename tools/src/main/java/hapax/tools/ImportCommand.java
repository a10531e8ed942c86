package hapax.tools;

import hapax.reconstruct.signature.SignatureCheck;
import hapax.sync.ImportJob;
import hapax.sync.ImportReport;
import hapax.sync.ImportReport.Finding;
import hapax.sync.Importer;
import hapax.sync.MailStore;
import hapax.sync.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes mail in. */
@Command(
    name = "import",
    description = {
      "Take mail in: Maildirs, mbox files, folders of messages, single messages.",
      "Running it again adds only what is new and takes over changed flags."
    },
    footer = {
      "",
      "Examples:",
      "  hapax import --account jane ~/Maildir",
      "  hapax import --account jane --mailbox Old mbox:/var/mail/jane",
      "  hapax import --accounts /var/vmail",
      "  hapax import --account jane --mailbox INBOX - < message.eml",
      "  hapax import --account jane --record-signatures --dns ~/Maildir"
    })
final class ImportCommand extends StoreCommand {
  @Mixin private final SourceWords sources;

  @Option(
      names = "--delete-originals",
      description = "Delete each original once its message is stored, proven and durable.")
  private boolean delete;

  @Option(
      names = "--record-signatures",
      description = {
        "Check the signatures of what is new and record the verdicts for good, with the keys as they"
            + " stand now: `hapax signatures` shows them when the keys are long gone."
      })
  private boolean record;

  @Mixin private final KeyWords keys = new KeyWords();

  private final List<Finding> failures = new ArrayList<>();
  private List<ImportJob> jobs = List.of();
  private Optional<SignatureCheck> check = Optional.empty();

  ImportCommand(Hapax hapax) {
    super(hapax);
    this.sources = new SourceWords(hapax);
  }

  @Override
  boolean makesStore() {
    return true;
  }

  @Override
  ExitCode run(Results results) throws IOException {
    sources.check(this);
    if (keys.areGiven() && !record) {
      throw misuse("--keys and --dns go with --record-signatures");
    }
    check = record ? Optional.of(keys.check()) : Optional.empty();
    jobs = sources.jobs(failures);
    if (jobs.isEmpty() && !failures.isEmpty()) {
      throw new FailedException(failures.get(0).toString());
    }
    return super.run(results);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    ImportReport report = run(store);
    long failed = failures.size() + report.failed();
    failures.addAll(report.failures());
    hapax().warn(failures, failed);
    print(report, results);
    results.object(object(report, failed));
    return failed == 0 ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private ImportReport run(MailStore store) throws IOException {
    try (ProgressLine progress = hapax().progress()) {
      Importer importer =
          new Importer(store)
              .deletingOriginals(delete)
              .telling(progress.isShown() ? progress::done : Progress.NONE);
      check.ifPresent(importer::recordingSignatures);
      return importer.run(jobs);
    } catch (IOException stopped) {
      throw new FailedException(
          Explain.line(stopped)
              + " (the import stopped; what it had stored is kept: run it again to go on)",
          stopped);
    }
  }

  private static void print(ImportReport report, Results results) throws IOException {
    results.line(
        String.format(
            "%s seen: %s added, %s known, %s failed",
            Text.count(report.seen(), "message"),
            Text.count(report.added()),
            Text.count(report.known()),
            Text.count(report.failed())));
    if (report.flagged() > 0) {
      results.line(Text.count(report.flagged(), "message") + " with changed flags");
    }
    if (report.recorded() > 0) {
      results.line(Text.count(report.recorded(), "message") + " with signatures recorded");
    }
    if (report.deleted() > 0) {
      results.line(Text.count(report.deleted(), "original") + " deleted");
    }
    results.line(
        String.format(
            "%s came in, the store grew by %s (%s)",
            Text.bytes(report.logicalBytes()),
            Text.bytes(report.storedBytesAdded()),
            Text.percent(report.storedBytesAdded(), report.logicalBytes())));
    results.line(
        String.format(
            "in %s, %s/s",
            Text.duration(report.time()),
            Text.bytes(report.logicalBytes() * 1000 / Math.max(1, report.time().toMillis()))));
  }

  private Map<String, ?> object(ImportReport report, long failed) {
    Map<String, Object> object = Json.object("messages_seen", report.seen());
    object.put("messages_added", report.added());
    object.put("messages_known", report.known());
    object.put("messages_failed", failed);
    object.put("messages_vanished", report.vanished());
    object.put("messages_flagged", report.flagged());
    object.put("originals_deleted", report.deleted());
    object.put("signatures_recorded", report.recorded());
    object.put("logical_bytes", report.logicalBytes());
    object.put("stored_bytes_added", report.storedBytesAdded());
    object.put("seconds", report.time().toMillis() / 1000.0);
    object.put("failures", Findings.list(failures));
    object.put("skipped", Findings.list(report.skipped()));
    return object;
  }
}
