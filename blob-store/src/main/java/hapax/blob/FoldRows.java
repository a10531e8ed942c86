package hapax.blob;

import java.io.IOException;

/** The rows that a {@link LogFold} may read and change: its own, and who holds which record. */
public interface FoldRows extends RowReader {
  /** Sets one of the upper layer's rows. */
  void put(byte[] key, byte[] value);

  /** Removes one of the upper layer's rows, if there. */
  void delete(byte[] key);

  /** Says that {@code holder} (16 bytes) wants the record kept; saying it again changes nothing. */
  void hold(RecordId record, byte[] holder);

  /** Takes {@link #hold} back. */
  void release(RecordId record, byte[] holder);

  /** Whether {@code holder} holds {@code record}. */
  boolean holds(RecordId record, byte[] holder) throws IOException;
}
