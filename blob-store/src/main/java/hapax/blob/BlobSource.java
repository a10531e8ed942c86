package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;

/** Gives the content of blobs. */
@FunctionalInterface
public interface BlobSource {
  /**
   * Writes a blob's content to {@code sink}, in chunks of at most 1 MiB.
   *
   * @throws IOException if it does not have {@code length} bytes of it, or the sink fails
   */
  void copyBlob(BlobId id, long length, OutputStream sink) throws IOException;
}
