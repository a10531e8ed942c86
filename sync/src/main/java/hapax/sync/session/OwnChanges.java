package hapax.sync.session;

import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes that were made here since a session began: new UIDs where one was given on both sides,
 * new UIDVALIDITYs of a store that comes after another, and what was delivered meanwhile. They are
 * sent in the end, so that both sides know the same.
 */
final class OwnChanges implements Rest {
  private final MailStore store;
  private final Replication replication;
  private final Agreement agreement;
  private final SortedSet<String> accounts;
  private final @Nullable BatchCutter cutter;

  OwnChanges(
      MailStore store,
      Agreement agreement,
      SortedSet<String> accounts,
      @Nullable BatchCutter cutter) {
    this.store = store;
    this.replication = store.replication();
    this.agreement = agreement;
    this.accounts = accounts;
    this.cutter = cutter;
  }

  @Override
  public boolean isNeeded(boolean knewTheSame) throws IOException {
    replication.expungeForgotten(agreement.theirs());
    if (cutter == null) {
      return false;
    }
    for (String account : made().keySet()) {
      if (!knewTheSame || hasMoreThanNewUids(account)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasMoreThanNewUids(String account) throws IOException {
    long replica = replication.replica();
    boolean[] more = {false};
    replication.changes(
        account,
        replica,
        agreement.mine(account).number(replica),
        entry -> more[0] |= !entry.isNewUid());
    return more[0];
  }

  @Override
  public void begin(Map<String, VersionVector> acknowledged) throws IOException {
    SortedMap<String, VersionVector> mine = made();
    SortedMap<String, VersionVector> theirs = new TreeMap<>();
    mine.keySet()
        .forEach(
            account ->
                theirs.put(
                    account,
                    agreement
                        .theirs(account)
                        .join(acknowledged.getOrDefault(account, VersionVector.NOTHING))));
    // They build on all that there was: who did not take that takes nothing more.
    mine.keySet()
        .removeIf(
            account ->
                !theirs
                    .getOrDefault(account, VersionVector.NOTHING)
                    .covers(agreement.mine(account)));
    // What is told to a peer is durable.
    store.commit();
    if (cutter != null) {
      cutter.goOn(agreement.with(mine, theirs));
    }
  }

  /**
   * By account, up to where changes were made here since. Not where changes of others came
   * meanwhile, in another session: those that were made here may build on them.
   */
  private SortedMap<String, VersionVector> made() throws IOException {
    long replica = replication.replica();
    SortedMap<String, VersionVector> now = replication.vectors();
    SortedMap<String, VersionVector> made = new TreeMap<>();
    for (String account : accounts) {
      VersionVector all = now.getOrDefault(account, VersionVector.NOTHING);
      VersionVector own = all.only(replica);
      VersionVector known =
          own.join(all.only(agreement.peer()))
              .join(agreement.mine(account))
              .join(agreement.theirs(account));
      if (own.number(replica) > agreement.mine(account).number(replica) && known.covers(all)) {
        made.put(account, own);
      }
    }
    return made;
  }
}
