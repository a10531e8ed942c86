package hapax.sync;

import hapax.blob.RecordId;
import hapax.blob.RowReader;
import hapax.sync.ItemState.Added;
import hapax.sync.ItemState.Moved;
import hapax.sync.ItemState.Place;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one account's rows; they may be the store's, or those of a moment in the past. */
final class AccountIndex {
  private final RowReader rows;
  private final Keys keys;

  AccountIndex(RowReader rows, String account) {
    this.rows = rows;
    this.keys = new Keys(account);
  }

  AccountState account() throws IOException {
    return AccountState.decode(rows.get(keys.account()));
  }

  Seen seen(long origin) throws IOException {
    return Seen.decode(rows.get(keys.seen(origin)));
  }

  /** Sees of which origins changes were seen. */
  @FunctionalInterface
  interface SeenVisitor {
    void seen(long origin, Seen seen) throws IOException;
  }

  /** Shows what was seen of each origin. */
  void seen(SeenVisitor visitor) throws IOException {
    rows.scan(
        keys.first(Keys.SEEN),
        keys.end(Keys.SEEN),
        (key, value) -> {
          visitor.seen(Keys.lastOrigin(key), Seen.decode(value));
          return true;
        });
  }

  /** Whether changes speak of such a mailbox, be it there or not. */
  boolean knows(MailboxId mailbox) throws IOException {
    return rows.get(keys.mailbox(mailbox)) != null;
  }

  MailboxState mailbox(MailboxId mailbox) throws IOException {
    return MailboxState.decode(rows.get(keys.mailbox(mailbox)));
  }

  MailboxCounts counts(MailboxId mailbox) throws IOException {
    return MailboxCounts.decode(rows.get(keys.counts(mailbox)));
  }

  ItemState state(ItemId item) throws IOException {
    return ItemRow.decode(rows.get(keys.item(item)));
  }

  /** Whether the message of an expunged item is not known: it is forgotten, here or elsewhere. */
  boolean isForgotten(ItemId id) throws IOException {
    ItemState item = state(id);
    return item.expunged() == null ? item.forgottenElsewhere() : item.added() == null;
  }

  /**
   * Whether an item is forgotten here: then its row says nothing but that it was expunged. Of one
   * that only another store has forgotten, the row has what changes say of it, until this store's
   * horizon has come, too.
   */
  boolean isBeforeHorizon(ItemId id) throws IOException {
    ItemState item = state(id);
    @Nullable Stamp expunged = item.expunged();
    return expunged != null && item.added() == null && expunged.millis() < account().horizon();
  }

  MailboxList mailboxes() {
    return new MailboxList(rows, keys, this);
  }

  void items(MailboxId mailbox, long fromUid, Account.ItemVisitor visitor) throws IOException {
    if (fromUid > MailboxBody.MAX_NUMBER) {
      return;
    }
    rows.scan(
        keys.uid(mailbox, Math.max(0, fromUid)),
        keys.uidEnd(mailbox),
        (key, value) -> {
          Optional<Item> item = currentItem(mailbox, Keys.lastUid(key), value);
          return item.isEmpty() || visitor.item(item.get());
        });
  }

  StandingItems standing() {
    return new StandingItems(rows, keys, this);
  }

  Optional<Item> item(MailboxId mailbox, long uid) throws IOException {
    return uid < 1 || uid > MailboxBody.MAX_NUMBER
        ? Optional.empty()
        : currentItem(mailbox, uid, rows.get(keys.uid(mailbox, uid)));
  }

  private Optional<Item> currentItem(MailboxId mailbox, long uid, byte @Nullable [] value)
      throws IOException {
    @Nullable UidRow row = UidRow.decode(value);
    return row == null || row.owner() == null || !row.current()
        ? Optional.empty()
        : item(row.owner().item(), new KnownUid(mailbox, uid, row));
  }

  /** The row of a UID, by which an item was found: it need not be looked up again. */
  private record KnownUid(MailboxId mailbox, long uid, UidRow row) {
    boolean isOf(Place place) {
      return uid == place.uid() && mailbox.equals(place.mailbox());
    }
  }

  Optional<Item> item(ItemId id) throws IOException {
    return item(id, null);
  }

  private Optional<Item> item(ItemId id, @Nullable KnownUid known) throws IOException {
    ItemState state = state(id);
    @Nullable Added added = state.added();
    @Nullable Place place = state.lastPlace();
    if (added == null || place == null) {
      return Optional.empty();
    }
    @Nullable Moved moved = state.moved();
    TreeSet<String> flags = new TreeSet<>();
    state.flags().forEach((name, flag) -> addIfSet(flags, name, flag));
    return Optional.of(
        new Item(
            id,
            place.mailbox(),
            shownUid(id, place, known),
            added.message(),
            added.size(),
            flags,
            Instant.ofEpochMilli(added.date()),
            Instant.ofEpochMilli((moved == null ? added.stamp() : moved.stamp()).millis()),
            Optional.ofNullable(state.expunged()).map(at -> Instant.ofEpochMilli(at.millis()))));
  }

  private static void addIfSet(Set<String> flags, String name, ItemState.FlagState flag) {
    if (flag.set()) {
      flags.add(name);
    }
  }

  /** The UID at a place, or 0 if it was given twice and a new one is to come. */
  private long shownUid(ItemId id, Place place, @Nullable KnownUid known) throws IOException {
    @Nullable UidRow uid =
        known != null && known.isOf(place)
            ? known.row()
            : UidRow.decode(rows.get(keys.uid(place.mailbox(), place.uid())));
    UidRow.Owner owner = new UidRow.Owner(id, place.visit().stamp());
    return uid != null && owner.equals(uid.owner()) ? place.uid() : 0;
  }

  /**
   * Whether an item came back as another, be that one there or expunged again. One that was
   * forgotten elsewhere, and of which only that is known here, is none: what comes back comes as
   * the next.
   */
  boolean wasRestored(ItemId item) throws IOException {
    ItemState back = state(ItemIds.restored(item));
    for (ItemId id = item;
        back.added() == null && (back.expunged() != null || back.forgottenElsewhere()); ) {
      id = ItemIds.restored(id);
      back = state(ItemIds.restored(id));
    }
    return back.added() != null;
  }

  void expungedItems(MailboxId mailbox, Account.ItemVisitor visitor) throws IOException {
    rows.scan(
        keys.first(Keys.BIN),
        keys.end(Keys.BIN),
        (key, value) -> {
          Optional<Item> item = item(Keys.lastItem(key));
          boolean wanted = item.isPresent() && item.get().mailbox().equals(mailbox);
          return !wanted || visitor.item(item.get());
        });
  }

  /** Sees which items stand under which UIDs. */
  @FunctionalInterface
  interface StandingVisitor {
    /** Takes an item; says whether to go on. */
    boolean item(long uid, ItemId item) throws IOException;
  }

  /** Shows the items that stand in a mailbox under a UID of their own, from a UID on. */
  void standing(MailboxId mailbox, long fromUid, StandingVisitor visitor) throws IOException {
    rows.scan(
        keys.uid(mailbox, fromUid),
        keys.uidEnd(mailbox),
        (key, value) -> {
          @Nullable UidRow uid = UidRow.decode(value);
          return uid == null
              || uid.owner() == null
              || !uid.current()
              || visitor.item(Keys.lastUid(key), uid.owner().item());
        });
  }

  /** Sees items that wait for a UID. */
  @FunctionalInterface
  interface PendingVisitor {
    void pending(MailboxId mailbox, ItemId item) throws IOException;
  }

  /** Shows the items that need another UID, because theirs was given twice, by mailbox. */
  void pending(PendingVisitor visitor) throws IOException {
    rows.scan(
        keys.first(Keys.PENDING),
        keys.end(Keys.PENDING),
        (key, value) -> {
          visitor.pending(keys.mailboxOf(key), Keys.lastItem(key));
          return true;
        });
  }

  /**
   * The next items, at most some, that another store handed on as forgotten, and that no change
   * expunges.
   *
   * @param after the last before them; null for the first
   */
  List<ItemId> forgottenElsewhere(@Nullable ItemId after, int most) throws IOException {
    List<ItemId> items = new ArrayList<>();
    rows.scan(
        after == null ? keys.first(Keys.FORGOTTEN) : keys.afterForgotten(after),
        keys.end(Keys.FORGOTTEN),
        (key, value) -> {
          items.add(Keys.lastItem(key));
          return items.size() < most;
        });
    return items;
  }

  /** How many items can be restored that were expunged before a millisecond. */
  long restorable(long before) throws IOException {
    long[] items = {0};
    rows.scan(
        keys.first(Keys.BIN),
        keys.binFrom(before),
        (key, value) -> {
          items[0] += state(Keys.lastItem(key)).added() == null ? 0 : 1;
          return true;
        });
    return items[0];
  }

  /**
   * How many items stand in the account without their message: whoever had it had forgotten it, and
   * they were expunged since. There are none but as of a moment before that, or until that came.
   */
  long withoutMessage() throws IOException {
    long[] items = {0};
    rows.scan(
        keys.first(Keys.ITEM),
        keys.end(Keys.ITEM),
        (key, value) -> {
          ItemState item = ItemRow.decodePlace(value);
          boolean stands = item.expunged() == null && !item.uids().isEmpty();
          items[0] += stands && item.added() == null ? 1 : 0;
          return true;
        });
    return items[0];
  }

  /**
   * The millisecond up to which the account's first {@code most} expunged items were expunged, or
   * {@code before} if there are no more before that; empty if there are none at all.
   */
  Optional<Long> binnedUpTo(long before, int most) throws IOException {
    List<Long> last = new ArrayList<>();
    rows.scan(
        keys.first(Keys.BIN),
        keys.binFrom(before),
        (key, value) -> {
          last.add(Keys.binMillis(key));
          return last.size() <= most;
        });
    if (last.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(last.size() <= most ? before : last.get(last.size() - 1) + 1);
  }

  void recordedSignatures(Account.MessageVisitor visitor) throws IOException {
    rows.scan(
        keys.first(Keys.SIGNATURES),
        keys.end(Keys.SIGNATURES),
        (key, value) -> visitor.message(Keys.lastRecord(key)));
  }

  Optional<String> signatures(RecordId message) throws IOException {
    return Optional.ofNullable(Attribute.decode(rows.get(keys.signatures(message))))
        .flatMap(Attribute::value);
  }

  /** The stamp of an attribute, if it was ever set. */
  Optional<Stamp> attributeRow(Optional<MailboxId> mailbox, String key) throws IOException {
    byte[] row = keys.attribute(mailbox.orElse(Attribute.OF_ACCOUNT), key);
    return Optional.ofNullable(Attribute.decode(rows.get(row))).map(Attribute::stamp);
  }

  Optional<String> attribute(Optional<MailboxId> mailbox, String key) throws IOException {
    byte[] row = keys.attribute(mailbox.orElse(Attribute.OF_ACCOUNT), key);
    return Optional.ofNullable(Attribute.decode(rows.get(row))).flatMap(Attribute::value);
  }
}
