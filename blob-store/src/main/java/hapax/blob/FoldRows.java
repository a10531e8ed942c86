package hapax.blob;

import java.io.IOException;

/** The rows that a {@link LogFold} may read and change: its own, and who holds which record. */
public interface FoldRows extends RowReader {
  /** Sets one of the upper layer's rows. */
  void put(byte[] key, byte[] value);

  /** Removes one of the upper layer's rows, if there. */
  void delete(byte[] key);

  /**
   * Takes entries out of the log, those committed before whose keys are in {@code [from, to)}: they
   * say nothing that others do not say, too. Rows made of them stay. The bytes go with their packs;
   * until then they are folded again when the catalog is made anew, before the entry whose folding
   * takes them out.
   */
  void forgetLog(byte[] from, byte[] to) throws IOException;

  /** Says that {@code holder} (16 bytes) wants the record kept; saying it again changes nothing. */
  void hold(RecordId record, byte[] holder);

  /** Takes {@link #hold} back. */
  void release(RecordId record, byte[] holder);

  /**
   * Lets rows go that would take too much memory: to be called now and then while one entry changes
   * many. What was put until then may stay if the process ends before the entry is folded to its
   * end; the entry is folded again over it.
   */
  void relieve() throws IOException;

  /** Whether {@code holder} holds {@code record}. */
  boolean holds(RecordId record, byte[] holder) throws IOException;
}
