package hapax.sync;

import java.io.IOException;
import java.util.Optional;

/**
 * What is left of changes that added an item which is forgotten here: the UID, which must not be
 * given again. Of its message nothing is left: a sweep may have taken it, and who hears of the item
 * only now must not ask for it. Where the item was moved is handed on as it is: who keeps what was
 * expunged for longer, and has the message, is to know where it was last.
 */
final class Forgotten {
  private Forgotten() {}

  /** The change without the message, if it added an item that is forgotten. */
  static Optional<Change> withoutMessage(AccountIndex index, Change change) throws IOException {
    if (!(change.body() instanceof ItemBody.Added added) || !index.isBeforeHorizon(added.item())) {
      return Optional.empty();
    }
    Body rest = new ItemBody.Forgotten(added.item(), added.mailbox(), added.uid());
    return Optional.of(
        new Change(change.origin(), change.sequence(), change.time(), change.account(), rest));
  }
}
