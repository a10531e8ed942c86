package hapax.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the upper layer, which sees them without the byte that sets them apart. */
final class UpperRows implements FoldRows {
  private static final byte[] END = Rows.after(new byte[] {Rows.UPPER});

  private final CatalogRows rows;
  private final Relief relief;

  /** Lets rows go to where they take no memory, if they are many. */
  @FunctionalInterface
  interface Relief {
    void run() throws IOException;
  }

  UpperRows(CatalogRows rows, Relief relief) {
    this.rows = rows;
    this.relief = relief;
  }

  @Override
  public void relieve() throws IOException {
    relief.run();
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return rows.get(Rows.key(Rows.UPPER, key));
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    byte[] end = to == null ? END : Rows.key(Rows.UPPER, to);
    rows.scan(
        Rows.key(Rows.UPPER, from),
        end,
        (key, value) -> visitor.row(Arrays.copyOfRange(key, 1, key.length), value));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    rows.open().put(Rows.key(Rows.UPPER, key), value);
  }

  @Override
  public void delete(byte[] key) {
    rows.open().delete(Rows.key(Rows.UPPER, key));
  }

  @Override
  public void forgetLog(byte[] from, byte[] to) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    rows.scan(Rows.key(Rows.LOG, from), Rows.key(Rows.LOG, to), (key, value) -> keys.add(key));
    keys.forEach(rows.open()::delete);
  }

  @Override
  public void hold(RecordId record, byte[] holder) {
    rows.open().put(Rows.holder(record, holder), Rows.nothing());
  }

  @Override
  public void release(RecordId record, byte[] holder) {
    rows.open().delete(Rows.holder(record, holder));
  }

  @Override
  public boolean holds(RecordId record, byte[] holder) throws IOException {
    return rows.get(Rows.holder(record, holder)) != null;
  }
}
