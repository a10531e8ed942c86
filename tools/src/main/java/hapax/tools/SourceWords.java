package hapax.tools;

import hapax.sync.ImportJob;
import hapax.sync.ImportReport.Finding;
import hapax.sync.format.AccountFolders;
import hapax.sync.format.MailSource;
import hapax.sync.format.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Words that say what mail is to be read, and for whom. */
final class SourceWords {
  private final Hapax hapax;

  @Option(
      names = "--account",
      paramLabel = "A",
      description = "Whose mail it is; the name of the user who runs this if not said.")
  private @Nullable String account;

  @Option(
      names = "--mailbox",
      paramLabel = "M",
      description = "The mailbox for it, above those that the source has; INBOX if not said.")
  private @Nullable String mailbox;

  @Option(
      names = "--accounts",
      paramLabel = "DIR",
      description =
          "A folder with one folder for each account: DIR/jane/Maildir, DIR/example.org/jane.")
  private @Nullable Path accounts;

  @Parameters(
      arity = "0..*",
      paramLabel = "SOURCE",
      description =
          "A Maildir, an mbox file, a folder of .eml files, one message, or - for one on standard"
              + " input. The kind is recognised, or said: maildir:PATH mbox:PATH eml:PATH.")
  private List<String> words = new ArrayList<>();

  SourceWords(Hapax hapax) {
    this.hapax = hapax;
  }

  /** Finds words that make no sense together. */
  void check(BasicCommand command) {
    if (accounts == null && words.isEmpty()) {
      throw command.misuse("a SOURCE is missing, or --accounts DIR");
    }
    if (accounts != null && (!words.isEmpty() || account != null || mailbox != null)) {
      throw command.misuse("--accounts says all: it takes no SOURCE, --account or --mailbox");
    }
  }

  /** What is to be read; sources that are not there are told to {@code failures}. */
  List<ImportJob> jobs(List<Finding> failures) throws IOException {
    List<ImportJob> jobs = new ArrayList<>();
    if (accounts != null) {
      AccountFolders.list(accounts, new Told(failures))
          .forEach(a -> jobs.add(new ImportJob(a.account(), Optional.empty(), a.source())));
      return jobs;
    }
    for (String word : words) {
      try {
        MailSource source = MailSource.of(word, hapax.process().in());
        jobs.add(
            new ImportJob(
                account == null ? hapax.user() : account, Optional.ofNullable(mailbox), source));
      } catch (IOException notThere) {
        failures.add(finding(word, Explain.line(notThere)));
      }
    }
    return jobs;
  }

  /** What is wrong with a source; the line may begin with the path that the word ends in. */
  private static Finding finding(String word, String line) {
    int reason = line.indexOf(": ") + 2;
    boolean named = reason >= 2 && word.endsWith(line.substring(0, reason - 2));
    return new Finding(word, named ? line.substring(reason) : line);
  }

  /** Keeps what failed. */
  record Told(List<Finding> failures) implements Problems {
    @Override
    public void failed(String place, String reason) {
      failures.add(new Finding(place, reason));
    }

    @Override
    public void skipped(String place, String reason) {
      failures.add(new Finding(place, reason));
    }
  }
}
