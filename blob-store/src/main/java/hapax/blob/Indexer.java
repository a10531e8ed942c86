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
  private final PackRows packs;
  private final boolean looksForOlder;

  /**
   * Blobs of which some pieces were seen; what a crash or a failed source left behind stays
   * incomplete.
   */
  private final Map<BlobId, Pieces> partial = new HashMap<>();

  private Indexer(CatalogRows rows, boolean looksForOlder) {
    this.rows = rows;
    this.packs = new PackRows(rows);
    this.looksForOlder = looksForOlder;
  }

  /** For frames just appended, by someone who knows when they hide older copies. */
  static Indexer ofAppended(CatalogRows rows) {
    return new Indexer(rows, false);
  }

  /** For frames read back. */
  static Indexer ofReplayed(CatalogRows rows) {
    return new Indexer(rows, true);
  }

  /** Gives the key of a log entry. */
  @FunctionalInterface
  interface LogKeys {
    /** The key of the group's log entry number {@code n}, whose bytes are {@code entry}. */
    byte[] key(int n, byte[] entry) throws IOException;
  }

  private static final class Pieces {
    private final List<Place> places = new ArrayList<>();
    private final long total;
    private long length;
    private long stored;

    Pieces(long total) {
      this.total = total;
    }
  }

  /** Takes a piece of a blob; the row comes with the last one. */
  void bulk(Place at, Frame frame) throws IOException {
    BulkPiece piece = BulkPiece.read(frame);
    Pieces pieces = piece.offset() == 0 ? new Pieces(piece.blobLength()) : partial.get(piece.id());
    if (pieces == null || pieces.length != piece.offset() || pieces.total != piece.blobLength()) {
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
    put(piece.id(), new Rows.BlobRow.Large(pieces.length, pieces.stored, pieces.places));
  }

  /** A commit ends here, and pieces are never spread over two. */
  void dropUnfinished() {
    partial.clear();
  }

  private void put(BlobId id, Rows.BlobRow row) throws IOException {
    byte[] key = Rows.blob(id);
    byte[] older = looksForOlder ? rows.get(key) : null;
    if (older != null && !Rows.readBlob(key, older).equals(row)) {
      packs.hide(Rows.readBlob(key, older));
    }
    rows.open().put(key, Rows.write(row));
  }

  /** Takes a group whose frame is {@code stored} bytes long. */
  void group(Place at, long stored, Group group, LogKeys keys) throws IOException {
    int log = 0;
    for (int i = 0; i < group.entries().size(); i++) {
      GroupEntry entry = group.entries().get(i);
      long share = entry.takes() * stored / Math.max(1, group.rawLength());
      if (entry instanceof GroupEntry.RecordEntry record) {
        ByteBuffer summary = group.view(record.summary());
        put(record, new Rows.RecordRow(at, i, record.length(), share, summary));
      } else if (entry instanceof GroupEntry.BlobEntry blob) {
        put(blob.id(), new Rows.BlobRow.Small(blob.content().length(), share, at, i));
      } else if (entry instanceof GroupEntry.LogEntry change) {
        byte[] key = keys.key(log++, group.bytes(change.entry()));
        rows.open().put(Rows.key(Rows.LOG, key), Rows.writeLog(at, i));
      }
    }
  }

  private void put(GroupEntry.RecordEntry record, Rows.RecordRow row) throws IOException {
    byte[] key = Rows.record(record.id());
    byte[] older = looksForOlder ? rows.get(key) : null;
    if (older != null && !Rows.readRecord(key, older).place().equals(row.place())) {
      packs.hide(Rows.readRecord(key, older).place().pack());
    }
    rows.open().put(key, Rows.write(row));
    for (BlobId blob : record.blobs()) {
      rows.open().put(Rows.reference(blob, record.id()), Rows.nothing());
    }
  }
}
