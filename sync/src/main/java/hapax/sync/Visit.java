package hapax.sync;

import java.util.Comparator;

/**
 * A stay of an item in a mailbox: begun by the item's addition or by a move, ended by the next
 * move. UIDs belong to visits, not to items: an item that comes back under a UID which it had
 * before, because another replica moved it there and knew no better, would come back below the
 * mailbox's highest UID, where no client looks for what is new.
 *
 * <p>No replica ever sees an item go back to a visit that it left: moves only get later, and of
 * additions to several mailboxes the earliest counts, which only gets earlier.
 *
 * @param stamp that of the move; {@link Stamp#NONE} for all additions to the same mailbox together,
 *     so that importing on two sides in the same order changes no UID; that of the earliest
 *     addition if there are some to different mailboxes
 */
record Visit(Stamp stamp, MailboxId mailbox) implements Comparable<Visit> {
  private static final Comparator<Visit> ORDER =
      Comparator.comparing(Visit::stamp).thenComparing(Visit::mailbox);

  @Override
  public int compareTo(Visit that) {
    return ORDER.compare(this, that);
  }
}
