package hapax.tools;

import hapax.blob.BlobStore.StoreSizes;
import hapax.reconstruct.Savings;
import hapax.sync.ImportJob;
import hapax.sync.ImportReport;
import hapax.sync.ImportReport.Finding;
import hapax.sync.Importer;
import hapax.sync.MailStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what an import into a new store would save. */
@Command(
    name = "estimate",
    description = {
      "Say what an import into a new store would save; nothing is written.",
      "All the work of an import is done, so it takes about as long as one."
    },
    footer = {
      "",
      "Examples:",
      "  hapax estimate ~/Maildir",
      "  hapax estimate --accounts /var/vmail"
    })
final class EstimateCommand extends BasicCommand {
  @Mixin private final SourceWords sources;

  EstimateCommand(Hapax hapax) {
    super(hapax);
    this.sources = new SourceWords(hapax);
  }

  @Override
  ExitCode run(Results results) throws IOException {
    sources.check(this);
    List<Finding> failures = new ArrayList<>();
    List<ImportJob> jobs = sources.jobs(failures);
    if (jobs.isEmpty() && !failures.isEmpty()) {
      throw new FailedException(failures.get(0).toString());
    }
    try (MailStore store = MailStore.counting()) {
      ImportReport report = run(store, jobs);
      long failed = failures.size() + report.failed();
      failures.addAll(report.failures());
      hapax().warn(failures, failed);
      tell(store, report, failures, results);
      return failed == 0 ? ExitCode.DONE : ExitCode.PARTLY;
    }
  }

  private ImportReport run(MailStore store, List<ImportJob> jobs) throws IOException {
    try (ProgressLine progress = hapax().progress()) {
      return new Importer(store).telling(progress::done).run(jobs);
    }
  }

  private static void tell(
      MailStore store, ImportReport report, List<Finding> failures, Results results)
      throws IOException {
    StoreSizes sizes = store.blobs().sizes();
    Savings savings = Savings.of(store.blobs());
    Sharing sharing = Sharing.of(store.blobs());
    long stored = sizes.packBytes() + sizes.catalogBytes();
    long shared = sharing.referencedBytes() - sharing.uniqueBytes();
    results.line(
        String.format(
            "%s in %s would take about %s (%s)",
            Text.bytes(report.logicalBytes()),
            Text.count(report.added() + report.known(), "message"),
            Text.bytes(stored),
            Text.percent(stored, report.logicalBytes())));
    results.line(Text.bytes(shared) + " of attachments are there more than once");
    Unshared.print(savings, results);
    Map<String, Object> object = Json.object("messages", report.added() + report.known());
    object.put("logical_bytes", report.logicalBytes());
    object.put("estimated_stored_bytes", stored);
    object.put("shared_bytes", shared);
    object.put("unshared", savings.unshared());
    object.put("failures", Findings.list(failures));
    results.object(object);
  }
}
