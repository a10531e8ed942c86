package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rows that name the packs of which the catalog was made; and hints, which packs hold copies
 * that later ones hide. Such a pack goes with the next sweep, so that no older copy outlives the
 * newer one. There may be too many hints, never too few, and two catalogs are equal without them.
 */
final class PackRows {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] LEAVING = {1};

  private final CatalogRows rows;

  PackRows(CatalogRows rows) {
    this.rows = rows;
  }

  /** Names a pack, unless it is named. */
  void name(int number) throws IOException {
    byte[] key = key(Rows.PACK, number);
    if (rows.get(key) == null) {
      rows.open().put(key, NOTHING);
    }
  }

  /** Says that a later copy hides one that is in a pack. */
  void hide(int number) {
    rows.open().put(key(Rows.HIDES, number), NOTHING);
  }

  /** Hides what a blob's row points at. */
  void hide(Rows.BlobRow older) {
    Rows.packsOf(older).forEach(this::hide);
  }

  /**
   * Says that rows of what is dead in a pack are being removed, more than one commit takes: until
   * the pack is gone, this is no catalog of the packs that are there, and is made anew if found so.
   */
  void leaving(int number) {
    rows.open().put(key(Rows.PACK, number), LEAVING);
  }

  /** Says that a pack is gone. */
  void remove(int number) {
    rows.open().delete(key(Rows.PACK, number));
    rows.open().delete(key(Rows.HIDES, number));
  }

  /** Packs with copies that later ones hide. */
  Set<Integer> withHidden() throws IOException {
    return numbers(Rows.HIDES, value -> true);
  }

  /** Whether a pack may have copies that later ones hide. */
  static boolean hasHidden(RowReader rows, int number) throws IOException {
    return rows.get(key(Rows.HIDES, number)) != null;
  }

  private Set<Integer> numbers(byte space, Predicate<byte[]> wanted) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    byte[] prefix = {space};
    rows.scan(
        prefix,
        Rows.after(prefix),
        (key, value) -> {
          if (wanted.test(value)) {
            numbers.add(ByteBuffer.wrap(key, 1, Integer.BYTES).getInt());
          }
          return true;
        });
    return numbers;
  }

  /** The packs named. */
  Set<Integer> named() throws IOException {
    return numbers(Rows.PACK, value -> true);
  }

  /** Whether all packs up to {@code last} that are present are named; later ones are for replay. */
  boolean nameAll(List<Integer> present, int last) throws IOException {
    Set<Integer> named = numbers(Rows.PACK, value -> !Arrays.equals(value, LEAVING));
    return present.stream().allMatch(number -> number > last || named.contains(number));
  }

  private static byte[] key(byte space, int number) {
    return ByteBuffer.allocate(1 + Integer.BYTES).put(space).putInt(number).array();
  }
}
