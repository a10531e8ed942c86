package hapax.tools;

import hapax.sync.Item;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** An expunged item of a mailbox, or of one that was deleted and had its name, as users name it. */
sealed interface ExpungedName {
  /** Whether it may mean this item. */
  boolean fits(Item item);

  /**
   * The item that is meant.
   *
   * @param fitting those that it fits, at least one
   * @throws FailedException if that is not clear
   */
  Item oneOf(List<Item> fitting) throws FailedException;

  /** The item that had this UID. Mailboxes of one name may each have had such an item. */
  record OfUid(ItemName name) implements ExpungedName {
    @Override
    public boolean fits(Item item) {
      return item.uid() == name.uid();
    }

    @Override
    public Item oneOf(List<Item> fitting) throws FailedException {
      if (fitting.size() > 1) {
        throw new FailedException(
            "more than one expunged message was "
                + name
                + ": name it by --digest, as 'ls --expunged' shows it");
      }
      return fitting.get(0);
    }

    @Override
    public String toString() {
      return name.toString();
    }
  }

  /**
   * The item of the message whose digest starts so. Of several of one message the last to be
   * expunged is meant; of those expunged together the one with the highest id, so that two replicas
   * bring back the same.
   */
  record OfDigest(MessageName.OfDigest digest, MailboxName mailbox) implements ExpungedName {
    private static final Comparator<Item> LAST =
        Comparator.comparing((Item item) -> item.expunged().orElse(Instant.MIN))
            .thenComparing(Item::id);

    @Override
    public boolean fits(Item item) {
      return digest.fits(item.message());
    }

    @Override
    public Item oneOf(List<Item> fitting) throws FailedException {
      if (fitting.stream().map(Item::message).distinct().count() > 1) {
        throw digest.unclear();
      }
      return fitting.stream().max(LAST).orElseThrow();
    }

    @Override
    public String toString() {
      return digest.digits() + " in " + mailbox;
    }
  }
}
