package hapax.blob;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A piece that came packed, whose payload was proven to unpack. Its array is not copied, and not to
 * be changed.
 */
public final class PackedPiece {
  private final ByteBuffer stored;
  private final boolean compressed;
  private final int length;

  /**
   * A piece whose payload lies in an array.
   *
   * @param length in bytes of what it unpacks to
   */
  PackedPiece(ByteBuffer stored, boolean compressed, int length) {
    this.stored = stored;
    this.compressed = compressed;
    this.length = length;
  }

  /** Length in bytes of what it unpacks to. */
  public int length() {
    return length;
  }

  /** Unpacks it once more. */
  void writeTo(OutputStream sink) throws IOException {
    byte[] array = stored.array();
    int from = stored.arrayOffset() + stored.position();
    if (compressed) {
      byte[] frame = Arrays.copyOfRange(array, from, from + stored.remaining());
      sink.write(Zstd.decompress(frame, length));
    } else {
      sink.write(array, from, stored.remaining());
    }
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
