package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows that name the packs of which the catalog was made, and of each whether it holds copies
 * that later ones hide: such a pack goes with the next sweep, so that no older copy outlives the
 * newer one.
 */
final class PackRows {
  private static final byte[] NAMED = new byte[0];
  private static final byte[] HAS_OLDER_COPIES = {1};

  private final CatalogRows rows;

  PackRows(CatalogRows rows) {
    this.rows = rows;
  }

  /** Names a pack, unless it is named. */
  void name(int number) throws IOException {
    byte[] key = key(number);
    if (rows.get(key) == null) {
      rows.open().put(key, NAMED);
    }
  }

  /** Says that a later copy hides one that is in a pack. */
  void hide(int number) {
    rows.open().put(key(number), HAS_OLDER_COPIES);
  }

  /** Hides what a blob's row points at. */
  void hide(Rows.BlobRow older) {
    if (older instanceof Rows.BlobRow.Small small) {
      hide(small.place().pack());
    } else if (older instanceof Rows.BlobRow.Large large) {
      large.pieces().forEach(piece -> hide(piece.pack()));
    }
  }

  /** Says that a pack is gone. */
  void remove(int number) {
    rows.open().delete(key(number));
  }

  /** The packs named, by number, and whether they have older copies. */
  SortedMap<Integer, Boolean> all() throws IOException {
    SortedMap<Integer, Boolean> all = new TreeMap<>();
    byte[] prefix = {Rows.PACK};
    rows.scan(
        prefix,
        Rows.after(prefix),
        (key, value) -> {
          all.put(ByteBuffer.wrap(key, 1, Integer.BYTES).getInt(), value.length > 0);
          return true;
        });
    return all;
  }

  /**
   * Whether these are the packs of which the catalog was made: none that it names is missing, and
   * it names all up to {@code last}, where it ends. What comes later is for replay.
   */
  boolean areMadeOf(List<Integer> present, int last) throws IOException {
    SortedMap<Integer, Boolean> named = all();
    return present.containsAll(named.keySet())
        && present.stream().allMatch(number -> number > last || named.containsKey(number));
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(1 + Integer.BYTES).put(Rows.PACK).putInt(number).array();
  }
}
