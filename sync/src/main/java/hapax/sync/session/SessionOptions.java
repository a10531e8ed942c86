package hapax.sync.session;

import hapax.sync.Progress;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How one side wants to talk.
 *
 * @param push whether changes made or seen here go to the peer
 * @param pull whether changes of the peer are taken in
 * @param accounts the accounts that are talked of; empty for all
 * @param trusted whether the peer may learn what any account here owns, not only those talked of
 * @param progress hears of messages that were sent or taken in
 */
public record SessionOptions(
    boolean push,
    boolean pull,
    Optional<SortedSet<String>> accounts,
    boolean trusted,
    Progress progress) {
  /** Both ways, all accounts, no trust. */
  public static final SessionOptions DEFAULT =
      new SessionOptions(true, true, Optional.empty(), false, Progress.NONE);

  public SessionOptions {
    accounts = accounts.map(TreeSet::new);
  }

  /** The same in these directions. */
  public SessionOptions directed(boolean push, boolean pull) {
    return new SessionOptions(push, pull, accounts, trusted, progress);
  }

  /** The same for some accounts; for all if {@code names} is empty. */
  public SessionOptions limitedTo(Collection<String> names) {
    return new SessionOptions(
        push,
        pull,
        names.isEmpty() ? Optional.empty() : Optional.of(new TreeSet<>(names)),
        trusted,
        progress);
  }

  /** The same, trusting the peer with the whole store or not. */
  public SessionOptions trusting(boolean wanted) {
    return new SessionOptions(push, pull, accounts, wanted, progress);
  }

  /** The same, telling how far it is. */
  public SessionOptions telling(Progress listener) {
    return new SessionOptions(push, pull, accounts, trusted, listener);
  }
}
