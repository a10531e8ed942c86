package hapax.blob;

import java.nio.ByteBuffer;

/**
 * A piece that came packed, and what it was unpacked to. The arrays are not copied, and not to be
 * changed.
 */
public final class PackedPiece {
  private final ByteBuffer stored;
  private final boolean compressed;
  private final byte[] bytes;

  PackedPiece(ByteBuffer stored, boolean compressed, byte[] bytes) {
    this.stored = stored;
    this.compressed = compressed;
    this.bytes = bytes;
  }

  /** What it was unpacked to. */
  public byte[] bytes() {
    return bytes;
  }

  /** As it came. */
  ByteBuffer stored() {
    return stored.duplicate();
  }

  /** Whether {@link #stored} is one zstd frame. */
  boolean isCompressed() {
    return compressed;
  }
}
