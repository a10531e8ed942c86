package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * A piece that came packed, and what it was unpacked to. The arrays are not copied, and not to be
 * changed.
 */
public final class PackedPiece {
  private final ByteBuffer stored;
  private final boolean compressed;
  private final ByteBuffer content;

  /** A piece whose content lies in an array. */
  PackedPiece(ByteBuffer stored, boolean compressed, ByteBuffer content) {
    this.stored = stored;
    this.compressed = compressed;
    this.content = content;
  }

  /** What it was unpacked to. */
  public ByteBuffer content() {
    return content.duplicate();
  }

  /** Length in bytes of what it was unpacked to. */
  public int length() {
    return content.remaining();
  }

  /** Writes what it was unpacked to. */
  public void writeTo(OutputStream sink) throws IOException {
    sink.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
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
