package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The ordered rows of the index over the packs: the seam for other engines. It can be thrown away;
 * what it must do is apply a batch whole or not at all, and in order.
 */
public interface Catalog extends RowReader, Closeable {
  /**
   * Applies puts, and deletes where the value is null, atomically. Later batches never show without
   * earlier ones.
   */
  void write(SortedMap<byte[], byte @Nullable []> rows) throws IOException;

  /** Removes every row. */
  void clear() throws IOException;

  /** Bytes that the catalog takes on disk, as near as the engine can tell. */
  long storedBytes() throws IOException;
}
