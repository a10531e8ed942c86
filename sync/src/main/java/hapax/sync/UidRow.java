package hapax.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whose a UID is. A UID stays its visit's for ever, also when the item is moved or expunged, so
 * that it is noticed when another replica gave it once more.
 *
 * @param owner for whom it was given; null if it was given for two, and so names neither
 * @param current whether the owner stands there now
 */
record UidRow(@Nullable Owner owner, boolean current) {
  private static final int PAST = 0;
  private static final int CURRENT = 1;
  private static final int DISPUTED = 2;
  private static final int PAST_STAMPED = 3;
  private static final int CURRENT_STAMPED = 4;

  /** A visit of an item to the mailbox. */
  record Owner(ItemId item, Stamp visit) {
    // As in Stamp, for the same reason.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Owner that && item.equals(that.item) && visit.equals(that.visit);
    }

    @Override
    public int hashCode() {
      return 31 * item.hashCode() + visit.hashCode();
    }
  }

  static UidRow disputed() {
    return new UidRow(null, false);
  }

  byte[] encode() {
    if (owner == null) {
      return new FieldWriter().octet(DISPUTED).toBytes();
    }
    if (owner.visit().equals(Stamp.NONE)) {
      return new FieldWriter().octet(current ? CURRENT : PAST).item(owner.item()).toBytes();
    }
    FieldWriter to = new FieldWriter().octet(current ? CURRENT_STAMPED : PAST_STAMPED);
    return to.item(owner.item()).stamp(owner.visit()).toBytes();
  }

  /** The row with those bytes; null if there is none. */
  static @Nullable UidRow decode(byte @Nullable [] row) throws IOException {
    if (row == null) {
      return null;
    }
    FieldReader from = new FieldReader("row of a UID", row);
    long state = from.varint("state of the UID", PAST, CURRENT_STAMPED);
    UidRow uid = state == DISPUTED ? disputed() : readOwned(from, state);
    from.end();
    return uid;
  }

  private static UidRow readOwned(FieldReader from, long state) throws IOException {
    ItemId item = from.item("item");
    Stamp visit = state >= PAST_STAMPED ? from.stamp("stamp of the visit") : Stamp.NONE;
    return new UidRow(new Owner(item, visit), state == CURRENT || state == CURRENT_STAMPED);
  }
}
