package hapax.tools;

import hapax.sync.MailStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
      "  hapax verify --sample 5%%",
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
    Optional<String> only = Optional.ofNullable(account);
    Verification.Verified verified = new Verification(hapax(), store).run(only, percent);
    print(verified, Duration.ofNanos(System.nanoTime() - start), results);
    results.object(object(verified));
    return verified.findings().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
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

  private static void print(Verification.Verified verified, Duration time, Results results)
      throws IOException {
    for (String finding : verified.findings()) {
      results.line(finding);
    }
    results.line(
        String.format(
            "%s rebuilt, %s bad; %s in %s, %s/s",
            Text.count(verified.messages(), "message"),
            Text.count(verified.badMessages()),
            Text.bytes(verified.bytes()),
            Text.duration(time),
            Text.bytes(verified.bytes() * 1000 / Math.max(1, time.toMillis()))));
    int findings = verified.findings().size();
    results.line(findings == 0 ? "nothing is wrong" : Text.count(findings, "finding"));
  }

  private static Map<String, ?> object(Verification.Verified verified) {
    Map<String, Object> object = Json.object("messages_checked", verified.messages());
    object.put("messages_bad", verified.badMessages());
    object.put("blobs_bad", verified.damagedBlobs());
    object.put("bytes", verified.bytes());
    object.put("findings", verified.findings());
    return object;
  }
}
