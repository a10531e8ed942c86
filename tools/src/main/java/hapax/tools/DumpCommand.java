package hapax.tools;

import hapax.blob.PackDump;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.mime.Recipe;
import hapax.sync.ChangeText;
import hapax.sync.MailStore;
import hapax.sync.session.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows stored bytes as text. */
@Command(
    name = "dump",
    description = "Show a pack file, a bundle, or the stored record of a message, as text.",
    footer = {
      "",
      "Examples:",
      "  hapax dump ~/.local/share/hapax/packs/p-00000001.pack",
      "  hapax dump 5f3a90c1"
    })
final class DumpCommand extends BasicCommand {
  @Parameters(
      paramLabel = "PACK|BUNDLE|MESSAGE",
      description = "A pack file, a bundle, a digest or its first digits, or ACCOUNT/MAILBOX/UID.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String what;

  DumpCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(Results results) throws IOException {
    Path file = Path.of(what);
    if (Files.isRegularFile(file) && BundleReader.isBundle(file)) {
      BundleCommand.show(file, true, results);
    } else if (Files.isRegularFile(file)) {
      PackDump.write(file, ChangeText::of, new Lines(results));
    } else {
      dumpRecord(results);
    }
    return ExitCode.DONE;
  }

  private void dumpRecord(Results results) throws IOException {
    MessageName name = name();
    try (MailStore store = MailStore.open(hapax().existingStorePath(), false);
        StoreReader reader = store.blobs().reader()) {
      RecordId id = name.in(store);
      StoredRecord record =
          reader.record(id).orElseThrow(() -> new FailedException("no message " + id));
      results.line("record " + id + " length " + record.length());
      for (int i = 0; i < record.blobs().size(); i++) {
        results.line("  blob " + i + " " + record.blobs().get(i));
      }
      results.line("  head run " + record.head().length + ", body run " + record.body().length);
      for (String line : Recipe.decode(record.plan()).dump().lines().toList()) {
        results.line(line);
      }
    }
  }

  private MessageName name() {
    try {
      return MessageName.parse(what);
    } catch (IllegalArgumentException e) {
      throw misuse("no such file, and " + e.getMessage());
    }
  }

  /** Hands on whole lines. */
  private static final class Lines implements Appendable {
    private final Results results;
    private final StringBuilder line = new StringBuilder();

    Lines(Results results) {
      this.results = results;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
      return append(text, 0, text.length());
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
      for (int i = start; i < end; i++) {
        append(text.charAt(i));
      }
      return this;
    }

    @Override
    public Appendable append(char character) throws IOException {
      if (character == '\n') {
        results.line(line.toString());
        line.setLength(0);
      } else {
        line.append(character);
      }
      return this;
    }
  }
}
