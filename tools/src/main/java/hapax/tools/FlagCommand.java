package hapax.tools;

import hapax.blob.Intake;
import hapax.sync.Account;
import hapax.sync.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sets and clears flags and keywords of items. */
@Command(
    name = "flag",
    description = "Set (+) and clear (-) flags and keywords of messages.",
    footer = {"", "Example:", "  hapax flag jane/INBOX/17 jane/INBOX/18 '+\\Seen' -work"})
final class FlagCommand extends ItemsCommand {
  @Parameters(
      arity = "2..*",
      paramLabel = "ACCOUNT/MAILBOX/UID|+FLAG|-FLAG",
      description = "The messages, and what to set and clear.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private List<String> words;

  FlagCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  List<ItemName> items() {
    List<ItemName> items = new ArrayList<>();
    for (String word : words) {
      if (!word.startsWith("+") && !word.startsWith("-")) {
        items.add(item(word));
      } else if (word.length() == 1 || word.startsWith("--")) {
        throw misuse("expected +FLAG or -FLAG, found '" + word + "'");
      }
    }
    if (items.isEmpty() || items.size() == words.size()) {
      throw misuse("expected at least one message and one +FLAG or -FLAG");
    }
    return items;
  }

  private ItemName item(String word) {
    try {
      return ItemName.parse(word);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  @Override
  boolean change(Account account, Intake unit, Item item) throws IOException {
    return account.flag(unit, item.id(), flags('+'), flags('-'));
  }

  private Set<String> flags(char sign) {
    Set<String> flags = new TreeSet<>();
    for (String word : words) {
      if (word.charAt(0) == sign) {
        flags.add(word.substring(1));
      }
    }
    return flags;
  }
}
