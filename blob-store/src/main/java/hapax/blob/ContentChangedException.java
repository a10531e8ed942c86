package hapax.blob;

import java.io.IOException;

/** Content is not, or is no longer, what its id and length say: its source changed meanwhile. */
final class ContentChangedException extends IOException {
  private static final long serialVersionUID = 1;

  ContentChangedException(BlobId id, long length, String found) {
    super(
        "content changed while it was read: expected "
            + length
            + " bytes of blob "
            + id
            + ", found "
            + found);
  }
}
