package hapax.sync;

import java.io.IOException;
import java.util.Optional;

/**
 * What is left of changes that gave a forgotten item a place: the UIDs, which must not be given
 * again. Of its message nothing is left: a sweep may have taken it, and who hears of the item only
 * now must not ask for it.
 */
final class Forgotten {
  private Forgotten() {}

  /** The change without the message, if it gave a place to an item that is forgotten. */
  static Optional<Change> withoutMessage(AccountIndex index, Change change) throws IOException {
    if (!(change.body() instanceof ItemBody.Numbering given)
        || given instanceof ItemBody.UidReassigned
        || !index.isBeforeHorizon(given.item())) {
      return Optional.empty();
    }
    Body uid =
        new ItemBody.UidReassigned(
            given.item(), given.mailbox(), given.visit(change.stamp()), given.uid());
    return Optional.of(
        new Change(change.origin(), change.sequence(), change.time(), change.account(), uid));
  }
}
