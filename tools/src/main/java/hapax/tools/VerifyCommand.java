package hapax.tools;

import hapax.blob.CheckReport;
import hapax.blob.CheckScope;
import hapax.sync.MailStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves that everything can be given back. */
@Command(
    name = "verify",
    description = {
      "Rebuild every message from disk and compare it with its digest;",
      "check frames, blobs, references and the index. Exit code 3 if anything is damaged."
    },
    footer = {
      "",
      "Examples:",
      "  hapax verify",
      "  hapax verify --sample 5%",
      "  hapax verify --account jane"
    })
final class VerifyCommand extends StoreCommand {
  @Option(
      names = "--sample",
      paramLabel = "P%",
      description = "Look at so many percent, drawn by chance.")
  private @Nullable String sample;

  @Option(
      names = "--account",
      paramLabel = "A",
      description = "Look at this account's messages only.")
  private @Nullable String account;

  VerifyCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    double percent = percent();
    long start = System.nanoTime();
    List<String> accounts = account == null ? store.accounts() : List.of(account);
    List<String> findings = new ArrayList<>();
    MessageCheck messages;
    try (ProgressLine progress = hapax().progress()) {
      messages = new MessageCheck(store.blobs(), percent, progress);
      messages.run(store, accounts, account == null);
    }
    findings.addAll(messages.findings());
    long damagedBlobs = store.blobs().damagedBlobs();
    if (account == null) {
      CheckReport report = store.blobs().check(new CheckScope(percent, percent >= 100));
      report.findings().forEach(finding -> findings.add(finding.text()));
      findings.addAll(store.checkIndex());
      damagedBlobs = report.damagedBlobs();
    }
    print(messages, findings, Duration.ofNanos(System.nanoTime() - start), results);
    results.object(object(messages, damagedBlobs, findings));
    return findings.isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private double percent() {
    String digits = sample == null ? "100" : sample.replaceFirst("%$", "");
    try {
      double percent = Double.parseDouble(digits);
      if (percent > 0 && percent <= 100) {
        return percent;
      }
      throw misuse("expected a percentage above 0 and up to 100, found '" + sample + "'");
    } catch (NumberFormatException none) {
      throw misuse("expected a percentage like 5%, found '" + sample + "'");
    }
  }

  private static void print(
      MessageCheck messages, List<String> findings, Duration time, Results results)
      throws IOException {
    for (String finding : findings) {
      results.line(finding);
    }
    results.line(
        String.format(
            "%s rebuilt, %s bad; %s in %s, %s/s",
            Text.count(messages.checked(), "message"),
            Text.count(messages.bad()),
            Text.bytes(messages.bytes()),
            Text.duration(time),
            Text.bytes(messages.bytes() * 1000 / Math.max(1, time.toMillis()))));
    results.line(findings.isEmpty() ? "nothing is wrong" : Text.count(findings.size(), "finding"));
  }

  private static Map<String, ?> object(
      MessageCheck messages, long damagedBlobs, List<String> findings) {
    Map<String, Object> object = Json.object("messages_checked", messages.checked());
    object.put("messages_bad", messages.bad());
    object.put("blobs_bad", damagedBlobs);
    object.put("bytes", messages.bytes());
    object.put("findings", findings);
    return object;
  }
}
