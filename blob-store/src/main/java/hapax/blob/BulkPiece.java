package hapax.blob;

import java.nio.ByteBuffer;

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

  static BulkPiece read(Frame frame) {
    ByteBuffer extra = frame.extra().duplicate();
    return new BulkPiece(BlobId.readFrom(extra), extra.getLong(), extra.getLong());
  }
}
