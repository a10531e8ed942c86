package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a blob's content, cuts it into pieces, and appends each as a bulk frame. The last piece is
 * kept back until the content has proven to be what was promised, so that no wrong blob is ever
 * whole in the packs.
 */
final class PieceWriter extends OutputStream {
  /**
   * Content longer than this is read from its source again to be stored, so its id is checked
   * again.
   */
  private static final long READ_AGAIN = 8 << 20;

  private final Appender appender;
  private final FrameCodec codec;
  private final BlobId id;
  private final long length;
  private final int level;
  private final @Nullable MessageDigest digest;
  private final List<Place> places = new ArrayList<>();
  private ByteBuffer raw;
  private long written;
  private long stored;

  /**
   * A writer of content of {@code length} bytes.
   *
   * @param hash whether to hash the content however short it is
   */
  PieceWriter(
      Appender appender, FrameCodec codec, BlobId id, long length, boolean hash, int level) {
    this.appender = appender;
    this.codec = codec;
    this.id = id;
    this.length = length;
    this.level = level;
    this.digest = hash || length > READ_AGAIN ? Sha256.begin() : null;
    this.raw = codec.raw(BulkPiece.MAX_RAW).limit(BulkPiece.MAX_RAW);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > length - written - raw.position()) {
      throw changed("more");
    }
    if (digest != null) {
      digest.update(bytes, offset, count);
    }
    int done = 0;
    while (done < count) {
      if (!raw.hasRemaining()) {
        piece();
      }
      int n = Math.min(raw.remaining(), count - done);
      raw.put(bytes, offset + done, n);
      done += n;
    }
  }

  private void piece() throws IOException {
    ByteBuffer payload = raw.flip();
    int count = payload.remaining();
    boolean compressible = codec.looksCompressible(payload);
    ByteBuffer extra = new BulkPiece(id, length, written).write();
    ByteBuffer frame = codec.encode(Frame.Kind.BULK, extra, payload, compressible ? level : 0);
    stored += frame.remaining();
    places.add(appender.append(frame));
    written += count;
    raw = codec.raw(BulkPiece.MAX_RAW).limit(BulkPiece.MAX_RAW);
  }

  /** Writes the last piece and gives the blob's row. */
  Rows.BlobRow finish() throws IOException {
    if (written + raw.position() != length) {
      throw changed((written + raw.position()) + " bytes");
    }
    if (digest != null && !BlobId.of(digest.digest()).equals(id)) {
      throw changed("content with another hash");
    }
    piece();
    return new Rows.BlobRow.Large(length, stored, places);
  }

  private IOException changed(String found) {
    return new ContentChangedException(id, length, found);
  }
}
