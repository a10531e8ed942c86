package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The row that says up to where the catalog knows the packs: the place after a commit frame.
 *
 * @param sequence the commit's sequence number
 */
record Position(Place place, long sequence) {
  /** Before the first pack. */
  static final Position START = new Position(new Place(0, 0), 0);

  private static final byte[] KEY = {Rows.POSITION};
  private static final int STORE_ID = 16;

  void put(CatalogBatch batch, byte[] storeId) {
    ByteBuffer row = ByteBuffer.allocate(4 + 8 + 8 + STORE_ID);
    row.putInt(place.pack()).putLong(place.offset()).putLong(sequence).put(storeId);
    batch.put(KEY, row.array());
  }

  /** The position of a catalog; empty if it has none or is another store's. */
  static Optional<Position> of(RowReader catalog, byte[] storeId) throws IOException {
    byte[] row = catalog.get(KEY);
    if (row == null || row.length != 4 + 8 + 8 + STORE_ID) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(row);
    Position position = new Position(new Place(in.getInt(), in.getLong()), in.getLong());
    byte[] store = new byte[STORE_ID];
    in.get(store);
    return Arrays.equals(store, storeId) ? Optional.of(position) : Optional.empty();
  }
}
