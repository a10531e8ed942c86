package hapax.sync;

import hapax.blob.Intake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes changes out of an account's log that say nothing which others do not say, too: a flag that
 * was set and cleared since, a name that a mailbox no longer has. What stays are the changes that
 * decide some field, with their own bytes: the joined state, in the form of changes. {@code
 * doc/merge.md} has the reasons.
 *
 * <p>Only changes up to the account's horizon in this store go, and only for others up to it, so
 * that every moment which may be asked for is as it was. Takes memory for some thousand changes at
 * a time, however long the log is: what is done to them is committed before the next are looked at.
 */
final class Trim {
  private final LogMailStore store;
  private final String account;
  private final AccountIndex index;
  private final int most;
  private final List<Change> written = new ArrayList<>();
  private @Nullable Change at;
  private @Nullable Change last;
  private long count;
  private boolean news;
  private int touched;
  private long trimmed;

  /**
   * Trims the log of an account.
   *
   * @param most entries that one commit writes anew or takes out
   */
  Trim(LogMailStore store, String account, int most) {
    this.store = store;
    this.account = account;
    this.index = store.index(account);
    this.most = most;
  }

  /** Trims, and commits; no sweep may be under way. Returns how many changes are gone. */
  long run() throws IOException {
    store.commit();
    long horizon = index.account().horizon();
    ChangeLog log = new ChangeLog(store.blobs());
    try (PastRows rows = new PastRows(store.blobs().scratchRows())) {
      Decisive decisive = new Decisive(account, index, rows);
      log.changes(account, change -> decisive.learn(change, horizon));
      do {
        touched = 0;
        log.changesAfter(account, at, change -> look(change, horizon, decisive));
        close();
        write();
      } while (touched >= most);
    }
    return trimmed;
  }

  private void write() throws IOException {
    try (Intake unit = store.blobs().intake()) {
      for (Change each : written) {
        unit.append(each.encode());
      }
    }
    store.commit();
    written.clear();
  }

  /** Looks at the next change; says whether there is room for another. */
  private boolean look(Change change, long horizon, Decisive decisive) throws IOException {
    boolean follows =
        last != null && last.origin() == change.origin() && last.sequence() + 1 == change.first();
    boolean gap = change.body() instanceof AccountBody.Trimmed;
    boolean goes = gap || (change.stamp().millis() < horizon && !decisive.decides(change));
    if (!goes || !follows) {
      close();
    }
    if (goes) {
      count += change.sequence() - change.first() + 1;
      touched(gap ? 0 : 1);
      news |= !gap || last != null;
      last = change;
    } else {
      Optional<Change> rest = Forgotten.withoutMessage(index, change);
      rest.ifPresent(written::add);
      touched(rest.isPresent() ? 1 : 0);
    }
    at = change;
    return touched < most;
  }

  private void touched(int changes) {
    touched += changes;
    trimmed += changes;
  }

  /** Ends a run of changes that go. */
  private void close() {
    Change end = last;
    if (end != null && news) {
      Body body = new AccountBody.Trimmed(count);
      written.add(new Change(end.origin(), end.sequence(), end.time(), account, body));
    }
    last = null;
    count = 0;
    news = false;
  }

  /**
   * Tells which changes up to the horizon decide a field of the state as of then. Of an item's
   * expunging the index can tell, for the earliest decides; and so it can that an item is forgotten
   * by the horizon that is known here, whose flags are in no row. Of flags, mailboxes and the
   * account the latest up to the horizon is learned from the log.
   */
  static final class Decisive {
    private final AccountIndex now;
    private final AccountIndex then;
    private final PastRows rows;

    Decisive(String account, AccountIndex now, PastRows rows) {
      this.now = now;
      this.then = new AccountIndex(rows, account);
      this.rows = rows;
    }

    /** Takes a change in that may decide something; each once. */
    void learn(Change change, long horizon) throws IOException {
      Body body = change.body();
      boolean counts =
          body instanceof ItemBody.Flagged flagged
              ? !now.isBeforeHorizon(flagged.item())
              : body instanceof MailboxBody
                  || (body instanceof AccountBody
                      && !(body instanceof AccountBody.SignaturesRecorded));
      if (counts && change.stamp().millis() < horizon) {
        rows.join(change);
      }
    }

    boolean decides(Change change) throws IOException {
      Body body = change.body();
      if (body instanceof ItemBody.Flagged flagged) {
        return decidesFlag(flagged, change.stamp());
      }
      if (body instanceof ItemBody.Expunged expunged) {
        return decidesExpunge(expunged, change.stamp());
      }
      if (body instanceof MailboxBody mailbox) {
        return then.mailbox(mailbox.mailbox()).isDecidedBy(change.stamp(), mailbox);
      }
      if (body instanceof AccountBody.AttributeSet set) {
        return then.attributeRow(set.mailbox(), set.key())
            .filter(change.stamp()::equals)
            .isPresent();
      }
      return !(body instanceof AccountBody.Created)
          || change.stamp().equals(then.account().created());
    }

    private boolean decidesFlag(ItemBody.Flagged flagged, Stamp stamp) throws IOException {
      ItemState item = then.state(flagged.item());
      return item.flags().entrySet().stream()
          .filter(
              flag ->
                  flagged.set().contains(flag.getKey())
                      || flagged.cleared().contains(flag.getKey()))
          .anyMatch(flag -> flag.getValue().stamp().equals(stamp));
    }

    private boolean decidesExpunge(ItemBody.Expunged expunged, Stamp stamp) throws IOException {
      for (ItemId item : expunged.items()) {
        if (stamp.equals(now.state(item).expunged())) {
          return true;
        }
      }
      return false;
    }
  }
}
