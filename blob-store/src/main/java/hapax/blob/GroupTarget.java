package hapax.blob;

import java.io.IOException;

/** Takes what a unit of work puts into groups. */
interface GroupTarget {
  void add(StoredRecord record) throws IOException;

  void add(BlobId id, byte[] content) throws IOException;

  /** Adds a log entry that the catalog will find under {@code key}. */
  void add(byte[] key, byte[] entry) throws IOException;

  /** The unit ends: what it put is in groups from now on. */
  void end() throws IOException;
}
