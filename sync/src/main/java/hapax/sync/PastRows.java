package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.RecordId;
import hapax.blob.ScratchRows;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of accounts as of a moment, folded as they are asked for. They take memory for the
 * latest few only, so an account may have any number of items.
 */
final class PastRows implements FoldRows, Closeable {
  private final ScratchRows rows;

  PastRows(ScratchRows rows) {
    this.rows = rows;
  }

  /** Takes a change in. */
  void fold(Change change) throws IOException {
    ChangeFold.fold(change, this);
    rows.spill();
  }

  /** Takes a change in of which it is known that it did not come before, nor will again. */
  void join(Change change) throws IOException {
    ChangeFold.join(change, this);
    rows.spill();
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return rows.get(key);
  }

  @Override
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
    rows.scan(from, to, visitor);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    rows.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    rows.delete(key);
  }

  @Override
  public void relieve() throws IOException {
    rows.spill();
  }

  @Override
  public void forgetLog(byte[] from, byte[] to) {
    // There is no log here to take entries out of.
  }

  @Override
  public void hold(RecordId record, byte[] holder) {
    // The store's own rows say who holds what; the past holds nothing.
  }

  @Override
  public void release(RecordId record, byte[] holder) {
    // As above.
  }

  @Override
  public boolean holds(RecordId record, byte[] holder) {
    throw new UnsupportedOperationException("the past holds nothing");
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
