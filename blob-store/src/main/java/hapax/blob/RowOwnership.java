package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/** Reads ownership from the catalog's rows. */
final class RowOwnership implements Ownership {
  private static final int ID_KEY = 1 + Id32.BYTES;

  private final CatalogRows rows;
  private final DamageList damaged;

  RowOwnership(CatalogRows rows) {
    this.rows = rows;
    this.damaged = new DamageList(rows);
  }

  @Override
  public OptionalLong length(BlobId id) throws IOException {
    byte[] key = Rows.blob(id);
    byte[] value = rows.get(key);
    return value == null
        ? OptionalLong.empty()
        : OptionalLong.of(Rows.readBlob(key, value).length());
  }

  @Override
  public boolean isDamaged(BlobId id) throws IOException {
    return damaged.contains(id);
  }

  @Override
  public void holders(RecordId id, HolderVisitor visitor) throws IOException {
    byte[] from = Rows.record(id);
    rows.scan(
        from,
        Rows.after(from),
        (key, value) ->
            key.length == ID_KEY || visitor.holder(Arrays.copyOfRange(key, ID_KEY, key.length)));
  }

  @Override
  public void records(BlobId id, RecordVisitor visitor) throws IOException {
    byte[] from = Rows.blob(id);
    rows.scan(
        from,
        Rows.after(from),
        (key, value) ->
            key.length == ID_KEY
                || visitor.record(RecordId.readFrom(ByteBuffer.wrap(key, ID_KEY, Id32.BYTES))));
  }
}
