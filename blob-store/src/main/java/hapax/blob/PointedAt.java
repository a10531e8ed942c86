package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Looks for rows that point into stretches of a pack. It reads the whole catalog. */
final class PointedAt {
  private static final int ID_KEY = 1 + Id32.BYTES;

  private final RowReader rows;

  PointedAt(RowReader rows) {
    this.rows = rows;
  }

  /** A stretch of a pack. */
  record Stretch(int pack, long from, long to) {
    boolean contains(Place place) {
      return place.pack() == pack && place.offset() >= from && place.offset() < to;
    }
  }

  /** Sees rows that point into a stretch. */
  @FunctionalInterface
  interface Visitor {
    /** Takes a row and the place in the stretch; says whether to go on. */
    boolean row(byte[] key, Place place) throws IOException;
  }

  /** Whether any row points into one of the stretches. */
  boolean any(List<Stretch> stretches) throws IOException {
    boolean[] found = {false};
    scan(
        stretches,
        (key, place) -> {
          found[0] = true;
          return false;
        });
    return found[0];
  }

  /** Shows each row that points into one of the stretches, once. */
  void scan(List<Stretch> stretches, Visitor visitor) throws IOException {
    if (stretches.isEmpty()) {
      return;
    }
    for (byte space : new byte[] {Rows.BLOB, Rows.LOG, Rows.RECORD}) {
      byte[] prefix = {space};
      rows.scan(
          prefix,
          Rows.after(prefix),
          (key, value) -> {
            for (Place place : places(key, value)) {
              if (stretches.stream().anyMatch(stretch -> stretch.contains(place))) {
                return visitor.row(key, place);
              }
            }
            return true;
          });
    }
  }

  private static List<Place> places(byte[] key, byte[] value) throws IOException {
    if (key[0] == Rows.LOG) {
      return List.of(Rows.readPlace(ByteBuffer.wrap(value)));
    }
    if (key.length != ID_KEY) {
      return List.of();
    }
    if (key[0] == Rows.RECORD) {
      return List.of(Rows.readRecord(key, value).place());
    }
    Rows.BlobRow row = Rows.readBlob(key, value);
    return row instanceof Rows.BlobRow.Large large
        ? large.pieces()
        : List.of(((Rows.BlobRow.Small) row).place());
  }
}
