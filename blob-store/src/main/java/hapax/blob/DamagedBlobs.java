package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The list of blobs that were found damaged, by a check or by reading, and not yet healed. Its rows
 * say what somebody saw, not what packs hold: they are no part of what makes two catalogs equal,
 * and are carried over when the catalog is made anew.
 */
final class DamagedBlobs {
  private static final byte[] PREFIX = {Rows.DAMAGED};
  private static final byte[] NOTHING = new byte[0];

  private final CatalogRows rows;

  DamagedBlobs(CatalogRows rows) {
    this.rows = rows;
  }

  /** Lists a blob, at once and whatever becomes of the work under way. */
  void add(BlobId id) throws IOException {
    byte[] key = Rows.key(Rows.DAMAGED, id.toBytes());
    if (rows.get(key) == null) {
      write(key, NOTHING);
    }
  }

  /** Whether a blob is on the list. */
  boolean contains(BlobId id) throws IOException {
    return rows.get(Rows.key(Rows.DAMAGED, id.toBytes())) != null;
  }

  /** Takes a blob off the list at once: it was looked at and found whole. */
  void strike(BlobId id) throws IOException {
    write(Rows.key(Rows.DAMAGED, id.toBytes()), null);
  }

  private void write(byte[] key, byte @Nullable [] value) throws IOException {
    SortedMap<byte[], byte @Nullable []> row = new TreeMap<>(Arrays::compareUnsigned);
    row.put(key, value);
    rows.catalog().write(row);
  }

  /** Takes a blob off the list, if it is on it, with the next commit. */
  void remove(BlobId id) throws IOException {
    byte[] key = Rows.key(Rows.DAMAGED, id.toBytes());
    if (rows.get(key) != null) {
      rows.open().delete(key);
    }
  }

  List<BlobId> all() throws IOException {
    List<BlobId> all = new ArrayList<>();
    rows.scan(
        PREFIX,
        Rows.after(PREFIX),
        (key, value) -> all.add(BlobId.readFrom(ByteBuffer.wrap(key, 1, Id32.BYTES))));
    return all;
  }
}
