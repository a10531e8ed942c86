package hapax.sync;

import hapax.blob.RowReader;
import hapax.sync.ItemState.Added;
import hapax.sync.ItemState.Place;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an account's items stand, from their own rows: one scan of rows that lie together, while
 * {@link AccountIndex#items} takes two rows for each, one of them looked up. Items that wait for a
 * UID are shown by neither.
 */
final class StandingItems {
  private final RowReader rows;
  private final Keys keys;
  private final AccountIndex index;

  StandingItems(RowReader rows, Keys keys, AccountIndex index) {
    this.rows = rows;
    this.keys = keys;
    this.index = index;
  }

  /** Shows all, those in mailboxes that are not there included, in no order. */
  void show(Account.StandingVisitor visitor) throws IOException {
    Set<ItemId> waiting = new HashSet<>();
    index.pending((mailbox, item) -> waiting.add(item));
    rows.scan(
        keys.first(Keys.ITEM),
        keys.end(Keys.ITEM),
        (key, value) -> {
          boolean waits = !waiting.isEmpty() && waiting.contains(Keys.lastItem(key));
          return waits || show(ItemRow.decodePlace(value), visitor);
        });
  }

  private static boolean show(ItemState item, Account.StandingVisitor visitor) throws IOException {
    @Nullable Added added = item.added();
    @Nullable Place place = item.place();
    return added == null
        || place == null
        || visitor.item(place.mailbox(), place.uid(), added.message());
  }

  /** How many items the mailboxes that are there show. */
  long count() throws IOException {
    Set<MailboxId> there = new HashSet<>();
    long items = 0;
    for (Mailbox mailbox : index.mailboxes().shown()) {
      there.add(mailbox.id());
      items += mailbox.items();
    }
    long[] waiting = {0};
    index.pending((mailbox, item) -> waiting[0] += there.contains(mailbox) ? 1 : 0);
    return items - waiting[0];
  }
}
