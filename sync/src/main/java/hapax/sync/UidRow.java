package hapax.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whose a UID is. A UID stays its item's for ever, also when the item is moved or expunged, so that
 * it is noticed when another replica gave the same UID to another item.
 *
 * @param item the one item that it was given to; null if it was given to two, and so names neither
 * @param current whether the item stands there now
 */
record UidRow(@Nullable ItemId item, boolean current) {
  private static final int PAST = 0;
  private static final int CURRENT = 1;
  private static final int DISPUTED = 2;

  static UidRow disputed() {
    return new UidRow(null, false);
  }

  byte[] encode() {
    if (item == null) {
      return new FieldWriter().octet(DISPUTED).toBytes();
    }
    return new FieldWriter().octet(current ? CURRENT : PAST).item(item).toBytes();
  }

  /** The row with those bytes; null if there is none. */
  static @Nullable UidRow decode(byte @Nullable [] row) throws IOException {
    if (row == null) {
      return null;
    }
    FieldReader from = new FieldReader("row of a UID", row);
    long state = from.varint("state of the UID", PAST, DISPUTED);
    UidRow uid = state == DISPUTED ? disputed() : new UidRow(from.item("item"), state == CURRENT);
    from.end();
    return uid;
  }
}
