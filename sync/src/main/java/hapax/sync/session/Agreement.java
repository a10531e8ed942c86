package hapax.sync.session;

import hapax.sync.VersionVector;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What both sides know after the hellos.
 *
 * @param peer the other replica
 * @param send whether this side sends changes
 * @param receive whether this side takes changes
 * @param accounts the accounts to which the talk is limited, if it is
 * @param mine what was seen here, of those accounts
 * @param theirs what the peer has seen of them
 */
record Agreement(
    long peer,
    boolean send,
    boolean receive,
    Optional<SortedSet<String>> accounts,
    SortedMap<String, VersionVector> mine,
    SortedMap<String, VersionVector> theirs) {
  Agreement {
    accounts = accounts.map(TreeSet::new);
    mine = new TreeMap<>(mine);
    theirs = new TreeMap<>(theirs);
  }

  /** Whether changes may come or go. */
  boolean anythingToDo() {
    return (send && missing(theirs, mine)) || anythingToTake();
  }

  /** Whether changes may come. */
  boolean anythingToTake() {
    return receive && missing(mine, theirs);
  }

  private static boolean missing(
      SortedMap<String, VersionVector> there, SortedMap<String, VersionVector> here) {
    return here.entrySet().stream()
        .anyMatch(
            entry ->
                !there
                    .getOrDefault(entry.getKey(), VersionVector.NOTHING)
                    .covers(entry.getValue()));
  }

  /** The same, now that the peer has said all that it has seen. */
  Agreement with(SortedMap<String, VersionVector> all) {
    SortedMap<String, VersionVector> limited = new TreeMap<>(all);
    accounts.ifPresent(names -> limited.keySet().retainAll(names));
    return new Agreement(peer, send, receive, accounts, mine, limited);
  }

  /** The same of other changes. */
  Agreement with(
      SortedMap<String, VersionVector> otherMine, SortedMap<String, VersionVector> otherTheirs) {
    return new Agreement(peer, send, receive, accounts, otherMine, otherTheirs);
  }

  VersionVector mine(String account) {
    return mine.getOrDefault(account, VersionVector.NOTHING);
  }

  VersionVector theirs(String account) {
    return theirs.getOrDefault(account, VersionVector.NOTHING);
  }

  /** Those of the accounts to which the talk is limited that neither side has. */
  List<String> nobodys() {
    return accounts.stream()
        .flatMap(Collection::stream)
        .filter(account -> mine(account).isEmpty() && theirs(account).isEmpty())
        .toList();
  }

  /** Whether the peer has seen nothing of any account. */
  boolean peerHasNothing() {
    return theirs.values().stream().allMatch(VersionVector::isEmpty);
  }

  /** Whether the peer has seen nothing, and is to have everything. */
  boolean peerHasAllToCome() {
    return peerHasNothing() && accounts.isEmpty();
  }

  boolean speaksOf(String account) {
    return accounts.isEmpty() || accounts.get().contains(account);
  }
}
