package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes catalog rows of frames: the same code when a frame was just appended, when a tail is
 * replayed, and when the catalog is built anew. A later copy of an id hides an earlier one. Called
 * in the order of the frames.
 */
final class Indexer {
  private final CatalogRows rows;

  /**
   * Blobs of which some pieces were seen; what a crash or a failed source left behind stays
   * incomplete.
   */
  private final Map<BlobId, Pieces> partial = new HashMap<>();

  Indexer(CatalogRows rows) {
    this.rows = rows;
  }

  /** Gives the key of a log entry. */
  @FunctionalInterface
  interface LogKeys {
    /** The key of the group's log entry number {@code n}, whose bytes are {@code entry}. */
    byte[] key(int n, byte[] entry) throws IOException;
  }

  private static final class Pieces {
    private final List<Place> places = new ArrayList<>();
    private long length;
    private long stored;
  }

  /** Takes a piece of a blob; the row comes with the last one. */
  void bulk(Place at, Frame frame) {
    BulkPiece piece = BulkPiece.read(frame);
    Pieces pieces = piece.offset() == 0 ? new Pieces() : partial.get(piece.id());
    if (pieces == null || pieces.length != piece.offset()) {
      partial.remove(piece.id());
      return;
    }
    pieces.places.add(at);
    pieces.length += frame.rawLength();
    pieces.stored += frame.length();
    if (pieces.length < piece.blobLength()) {
      partial.put(piece.id(), pieces);
      return;
    }
    partial.remove(piece.id());
    Rows.BlobRow row = new Rows.BlobRow.Large(pieces.length, pieces.stored, pieces.places);
    rows.open().put(Rows.blob(piece.id()), Rows.write(row));
  }

  /** Takes a group whose frame is {@code stored} bytes long. */
  void group(Place at, long stored, Group group, LogKeys keys) throws IOException {
    int log = 0;
    for (int i = 0; i < group.entries().size(); i++) {
      GroupEntry entry = group.entries().get(i);
      if (entry instanceof GroupEntry.RecordEntry record) {
        record(at, i, group, record);
      } else if (entry instanceof GroupEntry.BlobEntry blob) {
        long length = blob.content().length();
        long share = length * stored / Math.max(1, group.rawLength());
        Rows.BlobRow row = new Rows.BlobRow.Small(length, share, at, i);
        rows.open().put(Rows.blob(blob.id()), Rows.write(row));
      } else if (entry instanceof GroupEntry.LogEntry change) {
        byte[] key = keys.key(log++, group.bytes(change.entry()));
        rows.open().put(Rows.key(Rows.LOG, key), Rows.writeLog(at, i));
      }
    }
  }

  private void record(Place at, int number, Group group, GroupEntry.RecordEntry record) {
    ByteBuffer summary = group.view(record.summary());
    Rows.RecordRow row = new Rows.RecordRow(at, number, record.length(), summary);
    rows.open().put(Rows.record(record.id()), Rows.write(row));
    for (BlobId blob : record.blobs()) {
      rows.open().put(Rows.reference(blob, record.id()), Rows.nothing());
    }
  }
}
