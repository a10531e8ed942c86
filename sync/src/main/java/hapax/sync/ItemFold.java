package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.RecordId;
import hapax.sync.ItemState.Added;
import hapax.sync.ItemState.FlagState;
import hapax.sync.ItemState.Moved;
import hapax.sync.ItemState.Place;
import hapax.sync.UidRow.Owner;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds one change to the items of an account. The change is joined to the item's state; all other
 * rows follow from what the states say before and after, so they are a function of the states, and
 * the states of the set of changes.
 */
final class ItemFold {
  private final Keys keys;
  private final FoldRows rows;
  private final Map<MailboxId, MailboxCounts> counts = new HashMap<>();
  private long horizon = -1;

  ItemFold(Keys keys, FoldRows rows) {
    this.keys = keys;
    this.rows = rows;
  }

  /** What other rows say of an item: where it stands, when it was binned, what it holds. */
  private record Standing(
      @Nullable Place place,
      @Nullable Stamp bin,
      @Nullable RecordId held,
      boolean forgottenElsewhere) {}

  void fold(Stamp stamp, ItemBody body) throws IOException {
    for (ItemId id : body.items()) {
      ItemState item = ItemRow.decode(rows.get(keys.item(id)));
      long horizon = item.expunged() == null ? 0 : horizon();
      Standing before = standing(item, horizon);
      join(item, stamp, body);
      if (body instanceof ItemBody.Numbering given) {
        claim(given.mailbox(), given.uid(), new Owner(id, given.visit(stamp)));
      }
      settle(id, item, before, item.expunged() == null ? 0 : horizon());
    }
    counts.forEach((mailbox, figures) -> rows.put(keys.counts(mailbox), figures.encode()));
  }

  /** Moves the account's horizon from one millisecond to a later one. */
  void forget(ItemId id, long from, long to) throws IOException {
    ItemState item = ItemRow.decode(rows.get(keys.item(id)));
    settle(id, item, standing(item, from), to);
  }

  /** Looked up once: no change to items moves it, and one may speak of a thousand. */
  private long horizon() throws IOException {
    if (horizon < 0) {
      horizon = AccountState.decode(rows.get(keys.account())).horizon();
    }
    return horizon;
  }

  private static void join(ItemState item, Stamp stamp, ItemBody body) {
    if (body instanceof ItemBody.Numbering given) {
      item.joinUid(new Visit(given.visit(stamp), given.mailbox()), given.uid());
    }
    if (body instanceof ItemBody.Added a) {
      item.join(new Added(stamp, a.mailbox(), a.message(), a.size(), a.date()));
      a.flags().forEach(flag -> item.joinFlag(flag, new FlagState(stamp, true)));
    } else if (body instanceof ItemBody.Moved moved) {
      item.join(new Moved(stamp, moved.mailbox()));
    } else if (body instanceof ItemBody.Flagged flagged) {
      flagged.set().forEach(flag -> item.joinFlag(flag, new FlagState(stamp, true)));
      flagged.cleared().forEach(flag -> item.joinFlag(flag, new FlagState(stamp, false)));
    } else if (body instanceof ItemBody.Expunged) {
      item.joinExpunged(stamp);
    } else if (body instanceof ItemBody.Forgotten) {
      item.joinForgottenElsewhere();
    }
  }

  private static Standing standing(ItemState item, long horizon) {
    @Nullable Stamp expunged = item.expunged();
    boolean forgotten = expunged != null && expunged.millis() < horizon;
    @Nullable Added added = item.added();
    return new Standing(
        item.place(),
        forgotten ? null : expunged,
        forgotten || added == null ? null : added.message(),
        item.forgottenElsewhere());
  }

  private void settle(ItemId id, ItemState item, Standing before, long horizon) throws IOException {
    Standing after = standing(item, horizon);
    settlePlace(id, before.place(), after.place());
    settleBin(id, before.bin(), after.bin());
    settleHold(id, before.held(), after.held());
    settleForgotten(id, before.forgottenElsewhere(), after.forgottenElsewhere());
    if (item.expunged() != null && after.bin() == null) {
      item.forget();
    }
    rows.put(keys.item(id), ItemRow.encode(item));
  }

  /** Notes whose a UID is; a second owner makes it nobody's. */
  private void claim(MailboxId mailbox, long uid, Owner owner) throws IOException {
    byte[] key = keys.uid(mailbox, uid);
    MailboxCounts figures = counts(mailbox);
    // Above the highest that was ever given there is no row: most changes give a new one.
    @Nullable UidRow row = uid > figures.highestUid() ? null : UidRow.decode(rows.get(key));
    if (row == null) {
      rows.put(key, new UidRow(owner, false).encode());
      counts.put(mailbox, figures.withUid(uid));
    } else if (row.owner() != null && !row.owner().equals(owner)) {
      rows.put(key, UidRow.disputed().encode());
      if (row.current()) {
        rows.put(keys.pending(mailbox, row.owner().item()), new byte[0]);
      }
    }
  }

  private void settlePlace(ItemId id, @Nullable Place before, @Nullable Place after)
      throws IOException {
    if (before == null ? after == null : before.equals(after)) {
      return;
    }
    if (before != null) {
      stand(before, id, false);
    }
    if (after != null) {
      stand(after, id, true);
    }
    if (before == null || after == null || !before.mailbox().equals(after.mailbox())) {
      count(before, -1);
      count(after, 1);
    }
  }

  /** Lets an item stand at a place, or leave it. Who has no UID of his own there needs one. */
  private void stand(Place place, ItemId id, boolean current) throws IOException {
    Owner owner = new Owner(id, place.visit().stamp());
    byte[] key = keys.uid(place.mailbox(), place.uid());
    @Nullable UidRow row = UidRow.decode(rows.get(key));
    if (row != null && owner.equals(row.owner())) {
      rows.put(key, new UidRow(owner, current).encode());
    } else if (current) {
      rows.put(keys.pending(place.mailbox(), id), new byte[0]);
    } else {
      rows.delete(keys.pending(place.mailbox(), id));
    }
  }

  private void count(@Nullable Place place, int more) throws IOException {
    if (place != null) {
      counts.put(place.mailbox(), counts(place.mailbox()).withItems(more));
    }
  }

  private MailboxCounts counts(MailboxId mailbox) throws IOException {
    MailboxCounts known = counts.get(mailbox);
    return known == null ? MailboxCounts.decode(rows.get(keys.counts(mailbox))) : known;
  }

  private void settleBin(ItemId id, @Nullable Stamp before, @Nullable Stamp after) {
    if (before != null && !before.equals(after)) {
      rows.delete(keys.bin(before, id));
    }
    if (after != null && !after.equals(before)) {
      rows.put(keys.bin(after, id), new byte[0]);
    }
  }

  private void settleForgotten(ItemId id, boolean before, boolean after) {
    if (before && !after) {
      rows.delete(keys.forgotten(id));
    } else if (after && !before) {
      rows.put(keys.forgotten(id), new byte[0]);
    }
  }

  private void settleHold(ItemId id, @Nullable RecordId before, @Nullable RecordId after) {
    if (before != null && !before.equals(after)) {
      rows.release(before, keys.holder(id));
    }
    if (after != null && !after.equals(before)) {
      rows.hold(after, keys.holder(id));
    }
  }
}
