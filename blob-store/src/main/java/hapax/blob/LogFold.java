package hapax.blob;

import java.io.IOException;

/**
 * Makes catalog rows of log entries: the seam to the layer above, which alone knows what an entry
 * says.
 *
 * <p>The store calls it when an entry is appended, when a tail is replayed after a crash, when the
 * catalog is rebuilt, and when compaction writes an entry again. So the rows must be a function of
 * the set of entries alone: the same whatever the order, and unchanged by an entry that comes
 * again.
 */
public interface LogFold {
  /**
   * Folds one entry into {@code rows}.
   *
   * @return the key, unique to the entry, under which {@link BlobStore#scanLog} finds it
   * @throws IOException if the entry is not one, or its format is newer than this program
   */
  byte[] fold(byte[] entry, FoldRows rows) throws IOException;
}
