package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Packs that the catalog names and that are not there. A sweep removed them, and a power loss took
 * back the rows that said so: then only the dead are lost with them, for replay found copies of the
 * living. Or someone else removed them: then rows of the living point there still, and stay, so
 * that reading says what is missing and a check names it.
 */
final class MissingPacks {
  private static final int ID_KEY = 1 + Id32.BYTES;

  private final CatalogRows rows;
  private final PackRows packs;
  private final Liveness liveness;

  MissingPacks(CatalogRows rows, PackRows packs) {
    this.rows = rows;
    this.packs = packs;
    this.liveness = new Liveness(rows);
  }

  /** Removes the rows of the dead that point at missing packs, and the names that this empties. */
  void forgetTheDead(List<Integer> present) throws IOException {
    Set<Integer> missing = packs.named();
    missing.removeAll(present);
    if (missing.isEmpty()) {
      return;
    }
    Set<Integer> missed = new HashSet<>();
    List<PointedAt.Stretch> stretches =
        missing.stream().map(number -> new PointedAt.Stretch(number, 0, Long.MAX_VALUE)).toList();
    new PointedAt(rows)
        .scan(
            stretches,
            (key, place) -> {
              if (isAlive(key)) {
                missed.add(place.pack());
              } else {
                rows.open().delete(key);
              }
              return true;
            });
    forgetReferences();
    missing.removeAll(missed);
    missing.forEach(packs::remove);
  }

  private boolean isAlive(byte[] key) throws IOException {
    ByteBuffer id = ByteBuffer.wrap(key, 1, key.length - 1);
    return switch (key[0]) {
      case Rows.BLOB -> liveness.blob(BlobId.readFrom(id));
      case Rows.RECORD -> liveness.record(RecordId.readFrom(id));
      default -> true;
    };
  }

  /** References of records that are no more. */
  private void forgetReferences() throws IOException {
    byte[] prefix = {Rows.BLOB};
    rows.scan(
        prefix,
        Rows.after(prefix),
        (key, value) -> {
          if (key.length > ID_KEY && !hasRecord(key)) {
            rows.open().delete(key);
          }
          return true;
        });
  }

  private boolean hasRecord(byte[] reference) throws IOException {
    RecordId record = RecordId.readFrom(ByteBuffer.wrap(reference, ID_KEY, Id32.BYTES));
    return rows.get(Rows.record(record)) != null;
  }
}
