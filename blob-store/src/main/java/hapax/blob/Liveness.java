package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Tells the living from the dead by the rows as they stand: a record lives while someone holds it,
 * a blob while a living record refers to it.
 */
final class Liveness {
  private static final int ID_KEY = 1 + Id32.BYTES;

  private final RowReader rows;

  Liveness(RowReader rows) {
    this.rows = rows;
  }

  boolean record(RecordId id) throws IOException {
    return hasRowBelow(Rows.record(id), key -> true);
  }

  boolean blob(BlobId id) throws IOException {
    return hasRowBelow(
        Rows.blob(id), key -> record(RecordId.readFrom(ByteBuffer.wrap(key, ID_KEY, Id32.BYTES))));
  }

  /** Says whether a row counts. */
  private interface Counts {
    boolean test(byte[] key) throws IOException;
  }

  /** Whether a row counts whose key is longer than {@code key} and begins with it. */
  private boolean hasRowBelow(byte[] key, Counts counts) throws IOException {
    boolean[] found = {false};
    byte[] first = ByteBuffer.allocate(key.length + 1).put(key).array();
    rows.scan(
        first,
        Rows.after(key),
        (below, value) -> {
          found[0] = counts.test(below);
          return !found[0];
        });
    return found[0];
  }
}
