package hapax.tools;

import hapax.reconstruct.signature.SignatureCheck;
import hapax.sync.Account;
import hapax.sync.MailStore;
import hapax.sync.format.MailSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows that signed mail survives. */
@Command(
    name = "signatures",
    description = {
      "Check the DKIM, ARC, S/MIME and OpenPGP signatures of the stored messages, rebuilt from disk",
      "unless they can have none;",
      "with SOURCE, of its originals and of their stored copies, and compare the verdicts.",
      "What `import --record-signatures` wrote down on arrival is shown, and checked again over the",
      "stored bytes with the keys that were kept.",
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

  @Mixin private final KeyWords keys = new KeyWords();

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
    SignatureCheck check = keys.check();
    boolean all = details || !messages.isEmpty();
    SignatureTally tally = new SignatureTally(all);
    try (ProgressLine progress = hapax().progress();
        SignatureRun run = new SignatureRun(store, check, tally, progress)) {
      run(store, run);
    }
    new SignatureReport(tally, !words.isEmpty(), all).print(results);
    return tally.isClean() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  /** The accounts that may have a record of the message. */
  private static List<Account> accounts(MailStore store, MessageName message) throws IOException {
    if (message instanceof MessageName.OfItem named) {
      return List.of(named.item().mailbox().accountIn(store));
    }
    List<Account> accounts = new ArrayList<>();
    for (String name : store.accounts()) {
      store.account(name).ifPresent(accounts::add);
    }
    return accounts;
  }

  private void run(MailStore store, SignatureRun run) throws IOException {
    for (MessageName message : messages) {
      run.message(message.toString(), message.in(store), accounts(store, message));
    }
    for (String word : words) {
      run.originals(MailSource.of(word, hapax().process().in()));
    }
    if (messages.isEmpty() && words.isEmpty()) {
      if (account == null) {
        run.everything();
      } else {
        run.account(account);
      }
    }
    run.finish();
  }
}
