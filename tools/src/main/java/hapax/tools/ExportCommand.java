package hapax.tools;

import hapax.sync.Account;
import hapax.sync.ExportJob;
import hapax.sync.ExportReport;
import hapax.sync.Exporter;
import hapax.sync.MailStore;
import hapax.sync.format.MailTarget;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives mail back. */
@Command(
    name = "export",
    description = {
      "Give mail back as a Maildir, mbox files or single messages; nothing is overwritten.",
      "Flags and dates are kept where the format can."
    },
    footer = {
      "",
      "Examples:",
      "  hapax export --account jane maildir:/tmp/jane",
      "  hapax export --account jane --mailbox Work --as-of 2026-11-01 mbox:/tmp/work",
      "  hapax export --accounts maildir:/tmp/everyone"
    })
final class ExportCommand extends StoreCommand {
  @Option(names = "--account", paramLabel = "A", description = "Whose mail.")
  private @Nullable String account;

  @Option(
      names = "--mailbox",
      paramLabel = "M",
      description = "This mailbox and those below it; all if not said.")
  private @Nullable String mailbox;

  @Option(names = "--as-of", paramLabel = "TIME", description = "The mail as it was at that time.")
  private @Nullable Instant moment;

  @Option(
      names = "--accounts",
      paramLabel = "maildir:DIR",
      description = "All accounts, each in a folder of its own: DIR/jane/Maildir.")
  private @Nullable MailTarget everyone;

  @Parameters(
      arity = "0..1",
      paramLabel = "TARGET",
      description = "maildir:DIR, mbox:DIR or eml:DIR.")
  private @Nullable MailTarget target;

  ExportCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    List<ExportJob> jobs = jobs(store);
    long missing = 0;
    for (ExportJob job : jobs) {
      missing += moment == null ? 0 : warnOfMissing(job.account());
    }
    ExportReport report = run(store, jobs);
    hapax().warn(report.failures(), report.failures().size());
    results.line(
        String.format(
            "%s, %s in %s, %s/s",
            Text.count(report.messages(), "message"),
            Text.bytes(report.bytes()),
            Text.duration(report.time()),
            Text.bytes(report.bytes() * 1000 / Math.max(1, report.time().toMillis()))));
    if (report.failed() > 0) {
      results.line(Text.count(report.failed(), "message") + " failed");
    }
    results.object(object(report, missing));
    return report.failed() == 0 && missing == 0 ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private ExportReport run(MailStore store, List<ExportJob> jobs) throws IOException {
    try (ProgressLine progress = hapax().progress()) {
      return new Exporter(store).telling(progress::done).run(jobs);
    } catch (IllegalArgumentException noSuchMailbox) {
      throw new FailedException(String.valueOf(noSuchMailbox.getMessage()), noSuchMailbox);
    }
  }

  private List<ExportJob> jobs(MailStore store) throws IOException {
    Optional<String> wanted = Optional.ofNullable(mailbox);
    Optional<Instant> at = Optional.ofNullable(moment);
    List<ExportJob> jobs = new ArrayList<>();
    if (everyone != null && target == null && account == null && mailbox == null) {
      for (Account each : MailboxName.accounts(store, at)) {
        jobs.add(new ExportJob(each, wanted, everyone.ofAccount(each.name())));
      }
    } else if (everyone == null && target != null && account != null) {
      jobs.add(new ExportJob(MailboxName.account(store, account, at), wanted, target));
    } else {
      throw misuse("expected --account A and a TARGET, or --accounts TARGET alone");
    }
    return jobs;
  }

  private static Map<String, ?> object(ExportReport report, long missing) {
    Map<String, Object> object = Json.object("messages", report.messages());
    object.put("bytes", report.bytes());
    object.put("messages_failed", report.failed());
    object.put("messages_missing", missing);
    object.put("seconds", report.time().toMillis() / 1000.0);
    object.put("failures", Findings.list(report.failures()));
    return object;
  }
}
