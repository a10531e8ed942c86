package hapax.tools;

import hapax.blob.Intake;
import hapax.sync.Account;
import hapax.sync.Item;
import hapax.sync.MailStore;
import java.io.IOException;
import java.util.List;

/** A command that changes items one by one; those that are not there are told and passed over. */
abstract class ItemsCommand extends ChangeCommand {
  ItemsCommand(Hapax hapax) {
    super(hapax);
  }

  /** Looks at the words and says which items they mean. */
  abstract List<ItemName> items();

  /** Changes an item; says whether anything changed. */
  abstract boolean change(Account account, Intake unit, Item item) throws IOException;

  @Override
  final Changed change(MailStore store) throws IOException {
    List<ItemName> names = items();
    long changes = 0;
    long missing = 0;
    for (ItemName name : names) {
      try {
        changes += change(store, name) ? 1 : 0;
      } catch (FailedException notThere) {
        hapax().complain(notThere);
        missing++;
      }
    }
    return new Changed(names.size(), changes, missing);
  }

  private boolean change(MailStore store, ItemName name) throws IOException {
    Account account = name.mailbox().accountIn(store);
    Item item = name.in(account);
    try (Intake unit = store.blobs().intake()) {
      return change(account, unit, item);
    }
  }
}
