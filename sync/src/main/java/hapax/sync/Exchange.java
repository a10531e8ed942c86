package hapax.sync;

import hapax.blob.Intake;
import hapax.blob.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one door through which changes leave a store for another and come in from there: what a peer
 * has not seen, by ascending stamp, and the taking of such changes, with everything that protects
 * the store from them.
 */
final class Exchange {
  private final LogMailStore store;

  Exchange(LogMailStore store) {
    this.store = store;
  }

  /** The identity under which this store makes changes: what a peer is to be told first. */
  long replica() {
    return store.identity().id();
  }

  /**
   * Whether a peer has seen changes that were made here and are not here any more: the store was
   * rolled back. Then, if neither side finds a {@link #fork}, {@link #renewIdentity} is due before
   * anything is taken, and what was lost comes back with the peer's changes.
   */
  boolean forgot(String account, VersionVector theirs) throws IOException {
    return theirs.number(replica()) > read(account).number(replica());
  }

  void renewIdentity() throws IOException {
    store.renewIdentity();
  }

  /**
   * Looks whether one number stands for two changes, here and at a peer: a store was rolled back
   * without its file telling, and made changes before it met a peer that knew more. Then the two
   * must not merge: each would take the other's change for its own.
   *
   * @return what was found, in one line; empty if nothing was
   */
  Optional<String> fork(String account, VersionVector theirs) throws IOException {
    for (Map.Entry<Long, VersionVector.Mark> each : theirs.marks().entrySet()) {
      long number = each.getValue().number();
      Optional<Change> ours = new ChangeLog(store.blobs()).change(account, each.getKey(), number);
      if (ours.isPresent() && ours.get().time() != each.getValue().time()) {
        return Optional.of(
            "change "
                + number
                + " of replica "
                + Stamp.originText(each.getKey())
                + " to account "
                + account
                + " is one thing here and another at the peer: one of the stores was rolled back in"
                + " place and then changed; restore it from a copy made before that, by copying");
      }
    }
    return Optional.empty();
  }

  /** Sees changes that a peer lacks. */
  @FunctionalInterface
  interface ChangeVisitor {
    /** Takes a change and its bytes; says whether to go on. */
    boolean change(Change change, byte[] bytes) throws IOException;
  }

  /** Names of the accounts of which anything was seen. */
  SortedSet<String> accounts() throws IOException {
    return new TreeSet<>(new ChangeLog(store.blobs()).accounts());
  }

  /**
   * What this store has of an account. It is durable when this returns, for a peer may build on it;
   * the calling thread must have no unit of work open.
   */
  VersionVector seen(String account) throws IOException {
    VersionVector seen = read(account);
    store.blobs().commit();
    return seen;
  }

  private VersionVector read(String account) throws IOException {
    TreeMap<Long, VersionVector.Mark> marks = new TreeMap<>();
    store
        .index(account)
        .seen(
            (origin, seen) ->
                marks.put(origin, new VersionVector.Mark(seen.upTo(), seen.latestTime())));
    return new VersionVector(marks);
  }

  /**
   * Shows the committed changes to an account that are not in {@code known}, by ascending stamp, so
   * that any first part of them stands on its own: no change comes before one that its maker knew.
   */
  void changes(String account, VersionVector known, ChangeVisitor visitor) throws IOException {
    ChangeMerge merge = new ChangeMerge(store.blobs(), account);
    for (long origin : read(account).marks().keySet()) {
      merge.add(origin, known.number(origin) + 1);
    }
    ChangeMerge.@Nullable Entry next = merge.next();
    while (next != null && visitor.change(next.change(), next.bytes())) {
      next = merge.next();
    }
  }

  /**
   * What became of changes from elsewhere.
   *
   * @param taken how many are in the log now that were not before
   * @param known how many were there already
   * @param refusal why the next one was not taken, in one line; it and all after it were left
   */
  record Taken(int taken, int known, Optional<String> refusal) {}

  /**
   * Takes changes to an account into a unit of work, in the order in which {@link #changes} shows
   * them, and gives new UIDs to items that need them. The records of items that can be read after
   * this must be in the store; nothing here looks.
   *
   * <p>A change is refused, and with it all that follow, if it is none, belongs to another account,
   * has a hole before it, is stamped more than {@link HybridClock#MAX_AHEAD} ahead of this store's
   * clock, leaps over UIDs, or was made under this store's own identity. Those before it stay: they
   * stand on their own.
   */
  Taken take(Intake unit, String account, List<byte[]> changes) throws IOException {
    return store.taking(account).take(unit, changes);
  }

  /** The accounts with items that {@link #expungeForgotten} is about; a look-up for each. */
  List<String> accountsWithForgotten() throws IOException {
    List<String> accounts = new ArrayList<>();
    byte[] from = {Keys.FORGOTTEN};
    while (addNextWithForgotten(from, accounts)) {
      from = new Keys(accounts.get(accounts.size() - 1)).end(Keys.FORGOTTEN);
    }
    return accounts;
  }

  private boolean addNextWithForgotten(byte[] from, List<String> accounts) throws IOException {
    int before = accounts.size();
    RowReader rows = store.blobs().rows();
    rows.scan(
        from,
        new byte[] {Keys.FORGOTTEN + 1},
        (key, value) -> {
          accounts.add(Keys.accountOfForgotten(key));
          return false;
        });
    return accounts.size() > before;
  }

  /**
   * To be called when all came that a peer had of an account; no unit of work may be open. An item
   * that somebody handed on as forgotten, and that no change expunges even so, is expunged by this
   * store: the line was cut before the change that did, and whoever made that may have been rolled
   * back since. Others, who have heard of the addition in full, would show the item for good.
   *
   * <p>Some thousand at a time, each time durable: a unit of work for a million keeps all others
   * waiting, and nothing speaks against stopping midway.
   *
   * @param theirs what the peer has seen; nothing is done if that is nothing, or not all of it is
   *     here
   */
  void expungeForgotten(String account, VersionVector theirs) throws IOException {
    if (theirs.isEmpty() || !read(account).covers(theirs)) {
      return;
    }
    @Nullable ItemId last = null;
    do {
      try (Intake unit = store.blobs().intake()) {
        last = store.taking(account).expungeForgotten(unit, last);
      }
      store.commit();
    } while (last != null);
  }

  /**
   * Takes changes that were handed out by what this store was once heard to have: a bundle, or a
   * session that goes on from the one before. Nothing is taken if the store has not all of {@code
   * base} any more, because it was rolled back since: changes would come without those that their
   * makers knew.
   */
  Taken take(Intake unit, String account, VersionVector base, List<byte[]> changes)
      throws IOException {
    if (!read(account).covers(base)) {
      return new Taken(
          0,
          0,
          Optional.of(
              "changes to account "
                  + account
                  + " build on others that are not here: this store was rolled back after it told"
                  + " what it has"));
    }
    return take(unit, account, changes);
  }
}
