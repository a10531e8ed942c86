package hapax.sync;

import hapax.blob.RecordId;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all changes to one item, as far as they are known, come to: a join of independent fields,
 * each of which keeps the stamp that decides it, so that neither order nor repetition matters.
 *
 * <ul>
 *   <li>added: the earliest wins, and with it message, size and date;
 *   <li>moved: the latest wins, and goes before where the item was added;
 *   <li>expunged: the earliest wins; nothing takes it back;
 *   <li>each flag: the latest wins;
 *   <li>UIDs: in each mailbox that the item ever was in, the highest that it was given.
 * </ul>
 */
final class ItemState {
  private static final Comparator<Added> EARLIER =
      Comparator.comparing(Added::stamp)
          .thenComparing(a -> a.message().toString())
          .thenComparing(Added::mailbox)
          .thenComparing(Added::size)
          .thenComparing(Added::date);
  private static final Comparator<Moved> LATER =
      Comparator.comparing(Moved::stamp).thenComparing(Moved::mailbox);
  private static final Comparator<FlagState> LATER_FLAG =
      Comparator.comparing(FlagState::stamp).thenComparing(FlagState::set);

  private @Nullable Added added;
  private @Nullable Moved moved;
  private @Nullable Stamp expunged;
  private final SortedMap<MailboxId, Long> uids = new TreeMap<>();
  private final SortedMap<String, FlagState> flags = new TreeMap<>();

  /** How an item came into the account. */
  record Added(Stamp stamp, MailboxId mailbox, RecordId message, long size, long date) {}

  /** The mailbox that an item was moved to. */
  record Moved(Stamp stamp, MailboxId mailbox) {}

  /** Whether a flag is set, since when. */
  record FlagState(Stamp stamp, boolean set) {}

  /** Where an item stands. */
  record Place(MailboxId mailbox, long uid) {}

  void join(Added other) {
    if (added == null || EARLIER.compare(other, added) < 0) {
      added = other;
    }
  }

  void join(Moved other) {
    if (moved == null || LATER.compare(other, moved) > 0) {
      moved = other;
    }
  }

  void joinExpunged(Stamp stamp) {
    if (expunged == null || stamp.compareTo(expunged) < 0) {
      expunged = stamp;
    }
  }

  void joinUid(MailboxId mailbox, long uid) {
    uids.merge(mailbox, uid, Math::max);
  }

  void joinFlag(String name, FlagState state) {
    flags.merge(name, state, (a, b) -> LATER_FLAG.compare(a, b) >= 0 ? a : b);
  }

  /** Drops what is of no use once the item can not be restored any more. */
  void forget() {
    flags.clear();
  }

  @Nullable Added added() {
    return added;
  }

  @Nullable Moved moved() {
    return moved;
  }

  @Nullable Stamp expunged() {
    return expunged;
  }

  Map<MailboxId, Long> uids() {
    return uids;
  }

  Map<String, FlagState> flags() {
    return flags;
  }

  /** The mailbox that the item is in, or was when it was expunged, and its UID there. */
  @Nullable Place lastPlace() {
    if (added == null) {
      return null;
    }
    MailboxId mailbox = moved == null ? added.mailbox() : moved.mailbox();
    return new Place(mailbox, uids.getOrDefault(mailbox, 0L));
  }

  /** Where the item is; null if it was not added yet, or was expunged. */
  @Nullable Place place() {
    return expunged == null ? lastPlace() : null;
  }
}
