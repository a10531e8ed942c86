package hapax.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The items that stand in a mailbox, a page at a time, those that wait for a UID last. Items may go
 * once they were shown.
 */
final class MailboxItems {
  private final AccountIndex index;
  private final MailboxId mailbox;
  private long nextUid = 1;

  MailboxItems(AccountIndex index, MailboxId mailbox) {
    this.index = index;
    this.mailbox = mailbox;
  }

  /** The next items, at most {@code most}; none after the last. */
  List<ItemId> next(int most) throws IOException {
    List<ItemId> page = new ArrayList<>();
    if (nextUid <= MailboxBody.MAX_NUMBER) {
      index.standing(
          mailbox,
          nextUid,
          (uid, item) -> {
            page.add(item);
            nextUid = uid + 1;
            return page.size() < most;
          });
    }
    return page.isEmpty() ? waiting(most) : page;
  }

  private List<ItemId> waiting(int most) throws IOException {
    List<ItemId> page = new ArrayList<>();
    index.pending(
        (where, item) -> {
          boolean stands = index.state(item).place() != null;
          if (where.equals(mailbox) && stands && page.size() < most) {
            page.add(item);
          }
        });
    return page;
  }
}
