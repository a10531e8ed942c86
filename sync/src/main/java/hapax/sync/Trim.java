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
 * <p>Only changes up to the account's horizon go, and only for others up to it, so that every
 * moment which may be asked for is as it was. Takes memory for the rows of the account.
 */
final class Trim {
  private final LogMailStore store;
  private final String account;
  private final List<Change> written = new ArrayList<>();
  private @Nullable Change last;
  private long count;
  private boolean news;
  private long trimmed;

  Trim(LogMailStore store, String account) {
    this.store = store;
    this.account = account;
  }

  /** Trims, and commits; no sweep may be under way. Returns how many changes are gone. */
  long run() throws IOException {
    store.commit();
    long horizon = store.index(account).account().horizon();
    ChangeLog log = new ChangeLog(store.blobs());
    Decisive decisive = new Decisive(log.foldUpTo(account, horizon), account);
    log.changes(account, change -> look(change, horizon, decisive));
    close();
    try (Intake unit = store.blobs().intake()) {
      for (Change each : written) {
        unit.append(each.encode());
      }
    }
    store.commit();
    return trimmed;
  }

  private void look(Change change, long horizon, Decisive decisive) throws IOException {
    boolean follows =
        last != null && last.origin() == change.origin() && last.sequence() + 1 == change.first();
    boolean gap = change.body() instanceof AccountBody.Trimmed;
    boolean goes = gap || (change.stamp().millis() < horizon && !decisive.decides(change));
    if (!goes || !follows) {
      close();
    }
    if (!goes) {
      Optional<Change> rest = Forgotten.withoutMessage(store.index(account), change);
      rest.ifPresent(written::add);
      trimmed += rest.isPresent() ? 1 : 0;
    }
    if (goes) {
      count += change.sequence() - change.first() + 1;
      trimmed += gap ? 0 : 1;
      news |= !gap || last != null;
      last = change;
    }
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

  /** Tells which changes decide a field of a state. */
  static final class Decisive {
    private final AccountIndex index;

    Decisive(MemoryRows rows, String account) {
      this.index = new AccountIndex(rows, account);
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
        return index.mailbox(mailbox.mailbox()).isDecidedBy(change.stamp(), mailbox);
      }
      if (body instanceof AccountBody.AttributeSet set) {
        return index
            .attributeRow(set.mailbox(), set.key())
            .filter(change.stamp()::equals)
            .isPresent();
      }
      if (body instanceof AccountBody.Horizon horizon) {
        return horizon.millis() == index.account().horizon();
      }
      return !(body instanceof AccountBody.Created)
          || change.stamp().equals(index.account().created());
    }

    private boolean decidesFlag(ItemBody.Flagged flagged, Stamp stamp) throws IOException {
      ItemState item = index.state(flagged.item());
      return item.flags().entrySet().stream()
          .filter(
              flag ->
                  flagged.set().contains(flag.getKey())
                      || flagged.cleared().contains(flag.getKey()))
          .anyMatch(flag -> flag.getValue().stamp().equals(stamp));
    }

    private boolean decidesExpunge(ItemBody.Expunged expunged, Stamp stamp) throws IOException {
      for (ItemId item : expunged.items()) {
        if (stamp.equals(index.state(item).expunged())) {
          return true;
        }
      }
      return false;
    }
  }
}
