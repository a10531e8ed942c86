package hapax.tools;

import hapax.blob.Intake;
import hapax.sync.Account;
import hapax.sync.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Moves items to another mailbox of their account. */
@Command(
    name = "move",
    description = "Move messages to another mailbox of the same account.",
    footer = {"", "Example:", "  hapax move jane/INBOX/17 jane/INBOX/18 jane/Archive"})
final class MoveCommand extends ItemsCommand {
  @Parameters(
      arity = "2..*",
      paramLabel = "ACCOUNT/MAILBOX/UID",
      description = "The messages, then ACCOUNT/MAILBOX: where they go.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private List<String> words;

  MoveCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  List<ItemName> items() {
    try {
      MailboxName to = target();
      List<ItemName> items = new ArrayList<>();
      for (String word : words.subList(0, words.size() - 1)) {
        ItemName item = ItemName.parse(word);
        if (!item.mailbox().account().equals(to.account())) {
          throw misuse("a message can not move from account " + item + " to " + to);
        }
        items.add(item);
      }
      return items;
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private MailboxName target() {
    return MailboxName.parse(words.get(words.size() - 1));
  }

  @Override
  boolean change(Account account, Intake unit, Item item) throws IOException {
    var to = target().in(account).id();
    if (item.mailbox().equals(to)) {
      return false;
    }
    account.move(unit, item.id(), to);
    return true;
  }
}
