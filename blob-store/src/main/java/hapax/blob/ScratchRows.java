package hapax.blob;

import java.io.Closeable;
import java.io.IOException;

/**
 * Rows that are needed for a while: in memory as long as they are few, then in a folder of the
 * store. One thread changes them; any number may read while none does. Closing removes them.
 */
public interface ScratchRows extends RowReader, Closeable {
  /** Sets a row; key and value are not copied. */
  void put(byte[] key, byte[] value);

  /** Removes a row, if there. */
  void delete(byte[] key);

  /** Lets rows go from memory if there are many; to be called every few changes. */
  void spill() throws IOException;
}
