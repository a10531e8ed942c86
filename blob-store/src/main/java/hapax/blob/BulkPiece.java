package hapax.blob;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The extra header of a bulk frame, big endian: which piece of which blob its payload is.
 *
 * <pre>
 *  0 32  id of the blob
 * 32  8  length of the blob
 * 40  8  offset of the piece in the blob
 * </pre>
 */
record BulkPiece(BlobId id, long blobLength, long offset) {
  static final int BYTES = 48;

  /** Longest piece: what a reader must hold at once. */
  static final int MAX_RAW = 1 << 20;

  ByteBuffer write() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    id.writeTo(bytes);
    return bytes.putLong(blobLength).putLong(offset).flip();
  }

  // As in Place, for the same reason.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BulkPiece that
        && id.equals(that.id)
        && blobLength == that.blobLength
        && offset == that.offset;
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Long.hashCode(offset);
  }

  static BulkPiece read(Frame frame) {
    ByteBuffer extra = frame.extra().duplicate();
    return new BulkPiece(BlobId.readFrom(extra), extra.getLong(), extra.getLong());
  }
}
