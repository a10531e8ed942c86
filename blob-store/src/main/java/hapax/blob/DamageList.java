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
 * The list of blobs and records that were found damaged, by a check or by reading, and not yet
 * healed. Its rows say what somebody saw, not what packs hold: they are no part of what makes two
 * catalogs equal, and are carried over when the catalog is made anew.
 */
final class DamageList {
  private static final byte[] PREFIX = {Rows.DAMAGED};
  private static final byte[] NOTHING = new byte[0];
  private static final int BLOB_KEY = 1 + Id32.BYTES;

  private final CatalogRows rows;

  DamageList(CatalogRows rows) {
    this.rows = rows;
  }

  private static byte[] key(Id32 id) {
    byte[] blob = Rows.key(Rows.DAMAGED, id.toBytes());
    if (id instanceof BlobId) {
      return blob;
    }
    byte[] record = Arrays.copyOf(blob, BLOB_KEY + 1);
    record[BLOB_KEY] = Rows.RECORD;
    return record;
  }

  private static Id32 id(byte[] key) {
    ByteBuffer id = ByteBuffer.wrap(key, 1, Id32.BYTES);
    return key.length == BLOB_KEY ? BlobId.readFrom(id) : RecordId.readFrom(id);
  }

  /** Lists a blob or record, at once and whatever becomes of the work under way. */
  void add(Id32 id) throws IOException {
    byte[] key = key(id);
    if (rows.get(key) == null) {
      write(key, NOTHING);
    }
  }

  /** Whether a blob or record is on the list. */
  boolean contains(Id32 id) throws IOException {
    return rows.get(key(id)) != null;
  }

  /** Takes a blob or record off the list at once: it was looked at and found whole. */
  void strike(Id32 id) throws IOException {
    write(key(id), null);
  }

  private void write(byte[] key, byte @Nullable [] value) throws IOException {
    SortedMap<byte[], byte @Nullable []> row = new TreeMap<>(Arrays::compareUnsigned);
    row.put(key, value);
    rows.catalog().write(row);
  }

  /** Takes a blob or record off the list, if it is on it, with the next commit. */
  void remove(Id32 id) throws IOException {
    byte[] key = key(id);
    if (rows.get(key) != null) {
      rows.open().delete(key);
    }
  }

  List<Id32> all() throws IOException {
    List<Id32> all = new ArrayList<>();
    rows.scan(PREFIX, Rows.after(PREFIX), (key, value) -> all.add(id(key)));
    return all;
  }

  /** How many blobs are on the list. */
  long blobs() throws IOException {
    return all().stream().filter(BlobId.class::isInstance).count();
  }
}
