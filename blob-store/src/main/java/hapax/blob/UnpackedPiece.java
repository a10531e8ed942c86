package hapax.blob;

import java.nio.ByteBuffer;

/**
 * A piece of content and what it holds.
 *
 * @param content in an array, which may be the packed piece's own; good until the codec that gave
 *     it unpacks the next piece
 */
public record UnpackedPiece(PackedPiece packed, ByteBuffer content) {
  /** Length in bytes of the content. */
  public int length() {
    return packed.length();
  }
}
