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
 *   <li>forgotten elsewhere: if any change says so, until one says that it is expunged;
 *   <li>each flag: the latest wins;
 *   <li>UIDs: for each visit, unless it is past, the highest that was given.
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
  private boolean addedToSeveral;
  private boolean forgottenElsewhere;
  private final SortedMap<Visit, Long> uids = new TreeMap<>();
  private final SortedMap<String, FlagState> flags = new TreeMap<>();

  /** How an item came into the account. */
  record Added(Stamp stamp, MailboxId mailbox, RecordId message, long size, long date) {}

  /** The mailbox that an item was moved to. */
  record Moved(Stamp stamp, MailboxId mailbox) {}

  /** Whether a flag is set, since when. */
  record FlagState(Stamp stamp, boolean set) {}

  /**
   * Where an item stands.
   *
   * @param uid the highest UID given for the visit, 0 if none was
   */
  record Place(Visit visit, long uid) {
    MailboxId mailbox() {
      return visit.mailbox();
    }
  }

  void join(Added other) {
    addedToSeveral |= added != null && !added.mailbox().equals(other.mailbox());
    if (added == null || EARLIER.compare(other, added) < 0) {
      added = other;
    }
    dropPastVisits();
  }

  void joinAddedToSeveral() {
    addedToSeveral = true;
    dropPastVisits();
  }

  void join(Moved other) {
    if (moved == null || LATER.compare(other, moved) > 0) {
      moved = other;
    }
    dropPastVisits();
  }

  void joinExpunged(Stamp stamp) {
    if (expunged == null || stamp.compareTo(expunged) < 0) {
      expunged = stamp;
    }
    forgottenElsewhere = false;
  }

  /** Another store has forgotten it: it was expunged, whether or not it is known when. */
  void joinForgottenElsewhere() {
    forgottenElsewhere = expunged == null;
  }

  void joinUid(Visit visit, long uid) {
    uids.merge(visit, uid, Math::max);
    dropPastVisits();
  }

  private void dropPastVisits() {
    if (moved != null) {
      Stamp current = moved.stamp();
      uids.keySet().removeIf(visit -> visit.stamp().compareTo(current) < 0);
    } else if (addedToSeveral) {
      uids.keySet().removeIf(visit -> visit.stamp().equals(Stamp.NONE));
    }
  }

  void joinFlag(String name, FlagState state) {
    flags.merge(name, state, (a, b) -> LATER_FLAG.compare(a, b) >= 0 ? a : b);
  }

  /**
   * Drops all but that it is expunged, once it can not be restored any more: then it does not
   * matter whether the changes that said the rest are known.
   */
  void forget() {
    added = null;
    moved = null;
    addedToSeveral = false;
    uids.clear();
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

  /** Whether it was added to different mailboxes. */
  boolean addedToSeveral() {
    return addedToSeveral;
  }

  /** Whether it was expunged, by what another store handed on, and no change says so yet. */
  boolean forgottenElsewhere() {
    return forgottenElsewhere;
  }

  Map<Visit, Long> uids() {
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
    Visit visit = visit(added);
    return new Place(visit, uids.getOrDefault(visit, 0L));
  }

  private Visit visit(Added addition) {
    if (moved != null) {
      return new Visit(moved.stamp(), moved.mailbox());
    }
    return new Visit(addedToSeveral ? addition.stamp() : Stamp.NONE, addition.mailbox());
  }

  /** Where the item is; null if it was not added yet, or was expunged. */
  @Nullable Place place() {
    return expunged == null ? lastPlace() : null;
  }
}
