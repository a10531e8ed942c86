package hapax.tools;

import hapax.reconstruct.signature.Keys;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.sync.MailStore;
import hapax.sync.format.MailSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows that signed mail survives. */
@Command(
    name = "signatures",
    description = {
      "Check the DKIM, ARC, S/MIME and OpenPGP signatures of the stored messages, rebuilt from disk;",
      "with SOURCE, of its originals and of their stored copies, and compare the verdicts.",
      "Exit code 3 if any verdict differs or a message can not be read."
    },
    footer = {
      "",
      "Examples:",
      "  hapax signatures",
      "  hapax signatures --account jane --keys dkim-keys.txt --keys company-root.pem --details",
      "  hapax signatures --keys ring.asc ~/Maildir",
      "  hapax signatures --dns --message jane/INBOX/17"
    })
final class SignaturesCommand extends StoreCommand {
  @Option(
      names = "--account",
      paramLabel = "A",
      description = "Check this account's messages only.")
  private @Nullable String account;

  @Option(
      names = "--message",
      paramLabel = "MESSAGE",
      description = "Check just this one (ACCOUNT/MAILBOX/UID or a digest) and tell all about it.")
  private List<MessageName> messages = new ArrayList<>();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "Public keys: DKIM records as zone lines, PEM certificates, OpenPGP key rings. Authorities'"
              + " certificates are the roots that S/MIME signers must lead to.")
  private List<Path> keyFiles = new ArrayList<>();

  @Option(
      names = "--dns",
      description =
          "Ask DNS for DKIM keys that no file has. Otherwise nothing touches the network.")
  private boolean dns;

  @Option(names = "--details", description = "Tell all about each signed message.")
  private boolean details;

  @Parameters(
      arity = "0..*",
      paramLabel = "SOURCE",
      description =
          "Originals to compare with: a Maildir, an mbox file, a folder of .eml files, one message,"
              + " or - for one on standard input.")
  private List<String> words = new ArrayList<>();

  SignaturesCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    if (!words.isEmpty() && (account != null || !messages.isEmpty())) {
      throw misuse("SOURCE says what to check: it takes no --account or --message");
    }
    Keys keys = Keys.read(keyFiles);
    SignatureCheck check =
        new SignatureCheck(
            dns ? keys.withLookup(DnsTexts.ofThisMachine()) : keys, Clock.systemUTC());
    boolean all = details || !messages.isEmpty();
    SignatureTally tally = new SignatureTally(all);
    try (ProgressLine progress = hapax().progress();
        SignatureRun run = new SignatureRun(store, check, tally, progress)) {
      run(store, run);
    }
    new SignatureReport(tally, !words.isEmpty(), all).print(results);
    return tally.findings().isEmpty() && tally.differing() == 0 ? ExitCode.DONE : ExitCode.PARTLY;
  }

  private void run(MailStore store, SignatureRun run) throws IOException {
    for (MessageName message : messages) {
      run.stored(message.toString(), message.in(store));
    }
    for (String word : words) {
      run.originals(MailSource.of(word, hapax().process().in()));
    }
    if (messages.isEmpty() && words.isEmpty()) {
      run.accounts(account == null ? store.accounts() : List.of(account));
    }
    run.finish();
  }
}
