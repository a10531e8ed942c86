package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the content of blobs by the catalog's rows. Of one thread. */
final class BlobReader {
  private static final int FIRST_PIECE = 64 << 10;

  private final PackFiles files;
  private final RowReader rows;
  private final FrameCodec codec;
  private final GroupCache groups;

  /** A packed piece, for as long as nobody asks for the next. */
  private ByteBuffer packedPiece = ByteBuffer.allocate(FIRST_PIECE);

  BlobReader(PackFiles files, RowReader rows, FrameCodec codec, GroupCache groups) {
    this.files = files;
    this.rows = rows;
    this.codec = codec;
    this.groups = groups;
  }

  /**
   * The pieces of a blob's content, one after the other.
   *
   * @param packed whether to hand them out as {@link ParcelCodec} packs them
   * @throws CorruptStoreException if the store does not have it
   */
  Pieces pieces(BlobId id, boolean packed) throws IOException {
    byte[] key = Rows.blob(id);
    byte[] value = rows.get(key);
    if (value == null) {
      throw new CorruptStoreException("blob " + id, 0, "a blob", "none of this id");
    }
    return new Pieces(id, Rows.readBlob(key, value), packed);
  }

  /** A blob's content, piece by piece. */
  final class Pieces {
    private final BlobId id;
    private Rows.BlobRow row;
    private final boolean packed;
    private long position;
    private int next;

    private Pieces(BlobId id, Rows.BlobRow row, boolean packed) {
      this.id = id;
      this.row = row;
      this.packed = packed;
    }

    long length() {
      return row.length();
    }

    /** The next piece, good until the next call; null after the last. */
    @Nullable ByteBuffer next() throws IOException {
      if (position == row.length() && next > 0) {
        return null;
      }
      ByteBuffer piece;
      try {
        piece = read();
      } catch (CorruptStoreException problem) {
        row = movedRow(problem);
        piece = read();
      }
      next++;
      return piece;
    }

    private ByteBuffer read() throws IOException {
      if (row instanceof Rows.BlobRow.Small small) {
        Group group = groups.group(small.place());
        if (GroupCache.entry(group, small.place(), small.entry())
                instanceof GroupEntry.BlobEntry blob
            && blob.id().equals(id)) {
          position = row.length();
          ByteBuffer view = group.view(blob.content());
          return packed ? pack(view, false, view.remaining()) : view;
        }
        throw GroupCache.wrongEntry(small.place(), small.entry(), "blob " + id);
      }
      List<Place> places = ((Rows.BlobRow.Large) row).pieces();
      if (next >= places.size()) {
        throw new CorruptStoreException("blob " + id, position, "another piece", "the last one");
      }
      return bulk(places.get(next));
    }

    private ByteBuffer bulk(Place at) throws IOException {
      try (PackFiles.Pack pack = files.use(at.pack())) {
        Frame frame = frame(pack, at, new BulkPiece(id, row.length(), position));
        ByteBuffer bytes =
            packed
                ? codec.readStored(pack.file(), pack.name(), at.offset(), frame)
                : codec.decode(pack.file(), pack.name(), at.offset(), frame);
        position += frame.rawLength();
        return packed ? pack(bytes, frame.compressed(), frame.rawLength()) : bytes;
      }
    }

    /** The row, if sweeping has moved the blob meanwhile. */
    private Rows.BlobRow movedRow(CorruptStoreException problem) throws IOException {
      byte[] key = Rows.blob(id);
      byte[] value = rows.get(key);
      if (value == null || Rows.readBlob(key, value).equals(row)) {
        throw problem;
      }
      return Rows.readBlob(key, value);
    }
  }

  private ByteBuffer pack(ByteBuffer payload, boolean compressed, int length) {
    byte[] head = ParcelCodec.head(compressed, length);
    int size = head.length + payload.remaining();
    if (packedPiece.capacity() < size) {
      packedPiece = ByteBuffer.allocate(size);
    }
    return packedPiece.clear().put(head).put(payload).flip();
  }

  /** The frame at a place, which must be the one that holds a certain piece. */
  static Frame frame(PackFiles.Pack pack, Place at, BulkPiece expected) throws IOException {
    Frame frame = Frame.read(pack, at, Frame.Kind.BULK);
    BulkPiece found = BulkPiece.read(frame);
    if (!found.equals(expected)) {
      throw new CorruptStoreException(pack.name(), at.offset(), expected + "", found + "");
    }
    return frame;
  }
}
