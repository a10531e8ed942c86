package hapax.tools;

import hapax.blob.BlobStore;
import hapax.blob.RecordId;
import hapax.blob.RecordPlace;
import hapax.sync.Account;
import hapax.sync.Mailbox;
import hapax.sync.MailboxId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that accounts show, each with the place at which one meets it first: in the order of
 * the accounts as they are added, of their mailboxes, and of UIDs.
 *
 * <p>Every item that is shown holds its record, whether or not the store has that, and so does one
 * that is expunged and can be restored. So if there are as many holders as items are shown, all
 * held records are shown; and if each of them is there, those that the store shows are all of them.
 * Then the index is asked only for the places of messages that are told of. Otherwise, or when
 * signatures were recorded on arrival, it is read before: about 110 bytes for each message.
 */
final class ShownMessages {
  /** Set in a place if the account there has a record of the message's signatures. */
  private static final long RECORDED = 1;

  private static final int SHELF_SHIFT = 33;
  private static final int UID_SHIFT = 1;
  private static final long UID_MASK = 0xFFFF_FFFFL;

  private final List<Owner> owners = new ArrayList<>();
  private final List<Shelf> shelves = new ArrayList<>();
  private long items;
  private boolean anyRecorded;

  /**
   * By message: number of the shelf, UID, and {@link #RECORDED}, from the highest bits down. Null
   * while the index was not read.
   */
  private @Nullable Map<RecordId, Long> places;

  /** Why the index could not be read; to try once more for each message would take very long. */
  private @Nullable IOException unreadable;

  /** Whether all held records are there and shown, and none of their messages is recorded. */
  private boolean all;

  /** An account, and the numbers of its shelves. */
  private record Owner(Account account, int firstShelf, Map<MailboxId, Integer> numbers) {}

  /** A mailbox, and the account that it is in. */
  private record Shelf(MailboxName name, List<Account> account) {}

  /** Adds what an account shows; returns how many items that are. */
  long add(String name, Account account) throws IOException {
    Owner owner = new Owner(account, shelves.size(), new HashMap<>());
    for (Mailbox mailbox : account.mailboxes()) {
      owner.numbers().put(mailbox.id(), shelves.size());
      shelves.add(new Shelf(new MailboxName(name, mailbox.name()), List.of(account)));
    }
    owners.add(owner);
    account.recordedSignatures(
        message -> {
          anyRecorded = true;
          return false;
        });
    long shown = account.shownItems();
    items += shown;
    return shown;
  }

  /** Hands those of the records that it sees on to {@code to} whose messages are shown. */
  BlobStore.RecordOrder inOrder(Consumer<StoredItem> to) {
    return new BlobStore.RecordOrder() {
      @Override
      public void holders(long count, long others) {
        all = count == items && others == 0 && !anyRecorded;
      }

      @Override
      public boolean record(RecordPlace at) throws IOException {
        if (all) {
          to.accept(new StoredItem(at.id(), at, List.of(), () -> placeOf(at.id())));
          return true;
        }
        @Nullable Long place = places().remove(at.id());
        if (place != null) {
          to.accept(item(at.id(), at, place));
        }
        return true;
      }
    };
  }

  /** Shows the messages that were not handed on, in the order of their places. */
  void rest(Consumer<StoredItem> to) throws IOException {
    if (all) {
      return;
    }
    List<Map.Entry<RecordId, Long>> rest = new ArrayList<>(places().entrySet());
    rest.sort(Map.Entry.comparingByValue());
    rest.forEach(entry -> to.accept(item(entry.getKey(), null, entry.getValue())));
  }

  private synchronized Map<RecordId, Long> places() throws IOException {
    if (unreadable != null) {
      throw unreadable;
    }
    Map<RecordId, Long> known = places;
    if (known == null) {
      known = readAll();
      places = known;
    }
    return known;
  }

  private Map<RecordId, Long> readAll() throws IOException {
    Map<RecordId, Long> all = new HashMap<>();
    try {
      for (Owner owner : owners) {
        read(owner, all);
      }
    } catch (IOException fault) {
      unreadable = fault;
      throw fault;
    }
    return all;
  }

  private static void read(Owner owner, Map<RecordId, Long> places) throws IOException {
    owner
        .account()
        .standing(
            (mailbox, uid, message) -> {
              @Nullable Integer shelf = owner.numbers().get(mailbox);
              if (shelf != null) {
                long place = ((long) shelf << SHELF_SHIFT) | (uid << UID_SHIFT);
                places.merge(message, place, Math::min);
              }
              return true;
            });
    owner
        .account()
        .recordedSignatures(
            message -> {
              places.computeIfPresent(
                  message,
                  (id, place) -> shelf(place) < owner.firstShelf() ? place : place | RECORDED);
              return true;
            });
  }

  private static int shelf(long place) {
    return (int) (place >>> SHELF_SHIFT);
  }

  private StoredItem item(RecordId id, @Nullable RecordPlace at, long place) {
    List<Account> account = shelves.get(shelf(place)).account();
    return new StoredItem(id, at, (place & RECORDED) == 0 ? List.of() : account, () -> text(place));
  }

  private String placeOf(RecordId message) throws IOException {
    @Nullable Long place = places().get(message);
    return place == null ? message.toString() : text(place);
  }

  private String text(long place) {
    long uid = (place >>> UID_SHIFT) & UID_MASK;
    return new ItemName(shelves.get(shelf(place)).name(), uid).toString();
  }
}
