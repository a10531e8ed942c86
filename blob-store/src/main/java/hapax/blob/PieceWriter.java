package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a blob's content, cuts it into pieces, and appends each as a bulk frame. */
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
  private boolean compressible = true;
  private long written;
  private long stored;

  PieceWriter(Appender appender, FrameCodec codec, BlobId id, long length, int level) {
    this.appender = appender;
    this.codec = codec;
    this.id = id;
    this.length = length;
    this.level = level;
    this.digest = length > READ_AGAIN ? sha256() : null;
    this.raw = codec.raw(BulkPiece.MAX_RAW).limit(BulkPiece.MAX_RAW);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("this Java has no SHA-256", impossible);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (digest != null) {
      digest.update(bytes, offset, count);
    }
    int done = 0;
    while (done < count) {
      int n = Math.min(raw.remaining(), count - done);
      raw.put(bytes, offset + done, n);
      done += n;
      if (!raw.hasRemaining()) {
        piece();
      }
    }
  }

  private void piece() throws IOException {
    ByteBuffer payload = raw.flip();
    int count = payload.remaining();
    if (written + count > length) {
      throw changed(written + count);
    }
    compressible = codec.looksCompressible(payload);
    ByteBuffer extra = new BulkPiece(id, length, written).write();
    ByteBuffer frame = codec.encode(Frame.Kind.BULK, extra, payload, compressible ? level : 0);
    stored += frame.remaining();
    places.add(appender.append(frame));
    written += count;
    raw = codec.raw(BulkPiece.MAX_RAW).limit(BulkPiece.MAX_RAW);
  }

  /** Writes the last piece and gives the blob's row. */
  Rows.BlobRow finish() throws IOException {
    if (raw.position() > 0 || length == 0) {
      piece();
    }
    if (written != length || (digest != null && !BlobId.of(digest.digest()).equals(id))) {
      throw changed(written);
    }
    return new Rows.BlobRow.Large(length, stored, places);
  }

  private IOException changed(long found) {
    return new IOException(
        "blob "
            + id
            + ": expected the same "
            + length
            + " bytes again, found "
            + found
            + " or others: the source changed while it was read");
  }
}
