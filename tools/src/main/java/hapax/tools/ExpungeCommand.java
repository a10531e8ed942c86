package hapax.tools;

import hapax.blob.Intake;
import hapax.sync.Account;
import hapax.sync.Item;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Expunges items. */
@Command(
    name = "expunge",
    description = "Remove messages from a mailbox. Space comes back with a later sweep.",
    footer = {"", "Example:", "  hapax expunge jane/INBOX/17 jane/INBOX/18"})
final class ExpungeCommand extends ItemsCommand {
  @Parameters(arity = "1..*", paramLabel = "ACCOUNT/MAILBOX/UID", description = "The messages.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private List<ItemName> items;

  ExpungeCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  List<ItemName> items() {
    return items;
  }

  @Override
  boolean change(Account account, Intake unit, Item item) throws IOException {
    return account.expunge(unit, item.id());
  }
}
