package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The row that says up to where the catalog knows the packs: the place after a commit frame.
 *
 * <pre>
 *  0  1  version of the catalog's rows
 *  1  4  number of the pack
 *  5  8  offset in it
 * 13  8  sequence number of the commit
 * 21 16  id of the store
 * </pre>
 *
 * @param sequence the commit's sequence number
 */
record Position(Place place, long sequence) {
  /** Before the first pack. */
  static final Position START = new Position(new Place(0, 0), 0);

  private static final byte[] KEY = {Rows.POSITION};
  private static final int STORE_ID = 16;
  private static final int BYTES = 1 + 4 + 8 + 8 + STORE_ID;

  /** Raised whenever rows change; a catalog of another version is made anew. */
  private static final byte VERSION = 2;

  void put(RowWriter rows, byte[] storeId) {
    ByteBuffer row = ByteBuffer.allocate(BYTES).put(VERSION);
    row.putInt(place.pack()).putLong(place.offset()).putLong(sequence).put(storeId);
    rows.put(KEY, row.array());
  }

  /** Takes the position away: opened like this, a catalog is made anew. */
  static void remove(RowWriter rows) {
    rows.delete(KEY);
  }

  // As in Place, for the same reason.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Position that && place.equals(that.place) && sequence == that.sequence;
  }

  @Override
  public int hashCode() {
    return 31 * place.hashCode() + Long.hashCode(sequence);
  }

  /**
   * The position of a catalog; empty if it has none, or is another store's or of another version.
   */
  static Optional<Position> of(RowReader catalog, byte[] storeId) throws IOException {
    byte[] row = catalog.get(KEY);
    if (row == null || row.length != BYTES || row[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(row, 1, BYTES - 1);
    Position position = new Position(new Place(in.getInt(), in.getLong()), in.getLong());
    byte[] store = new byte[STORE_ID];
    in.get(store);
    return Arrays.equals(store, storeId) ? Optional.of(position) : Optional.empty();
  }
}
