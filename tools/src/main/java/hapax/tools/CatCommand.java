package hapax.tools;

import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.reconstruct.MessageReader;
import hapax.sync.MailStore;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives one message back. */
@Command(
    name = "cat",
    description = "Write one message's exact bytes to standard output.",
    footer = {
      "",
      "Examples:",
      "  hapax cat jane/INBOX/17 > message.eml",
      "  hapax cat 5f3a90c1 | less"
    })
final class CatCommand extends StoreCommand {
  @Parameters(
      paramLabel = "MESSAGE",
      description = "ACCOUNT/MAILBOX/UID, or the digest or its first digits (8 or more).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private MessageName message;

  CatCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    RecordId id = message.in(store);
    try (StoreReader reader = store.blobs().reader()) {
      if (!new MessageReader(reader).copyTo(id, results.bytes())) {
        throw new FailedException("no message " + id);
      }
    }
    return ExitCode.DONE;
  }
}
