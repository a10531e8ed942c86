package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A large blob's content in the pieces in which it came, compressed by the sender. */
public final class PackedContent implements Content {
  private final List<PackedPiece> pieces;

  /** Content that the caller has compared with its id. */
  public PackedContent(List<PackedPiece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    for (PackedPiece piece : pieces) {
      piece.writeTo(sink);
    }
  }

  /** Whether the pieces are as this store would cut {@code length} bytes. */
  boolean isCutAsHere(long length) {
    long total = 0;
    for (int i = 0; i < pieces.size(); i++) {
      PackedPiece piece = pieces.get(i);
      boolean last = i == pieces.size() - 1;
      if (!last && piece.length() != BulkPiece.MAX_RAW) {
        return false;
      }
      total += piece.length();
    }
    return total == length;
  }

  /** Appends the pieces as they came; gives the blob's row. */
  Rows.BlobRow appendTo(Appender appender, FrameCodec codec, BlobId id, long length)
      throws IOException {
    List<Place> places = new ArrayList<>();
    long written = 0;
    long stored = 0;
    for (PackedPiece piece : pieces) {
      ByteBuffer extra = new BulkPiece(id, length, written).write();
      ByteBuffer frame = codec.frame(Frame.Kind.BULK, extra, piece);
      stored += frame.remaining();
      places.add(appender.append(frame));
      written += piece.length();
    }
    return new Rows.BlobRow.Large(length, stored, places);
  }
}
