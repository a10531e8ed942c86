package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from the packs by the catalog's rows. */
final class PackReader implements StoreReader {
  private static final int GROUPS = 8;
  private static final int COPY = 64 << 10;

  /** Longer groups are rare, and would take the place of memory that is needed. */
  private static final int LARGEST_ROOM = 4 << 20;

  private final PackFiles files;
  private final RowReader rows;
  private final DamageListener listener;
  private final FrameCodec codec = new FrameCodec();
  private final byte[] copy = new byte[COPY];

  /** A packed piece, for as long as nobody asks for the next. */
  private ByteBuffer packedPiece = ByteBuffer.allocate(COPY);

  private final GroupBeside beside;

  /** Room for the next group: what a reader walks through is decoded into the same few arrays. */
  private byte[] room = new byte[0];

  private final Map<Place, Group> groups =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Group> eldest) {
          boolean full = size() > GROUPS;
          if (full) {
            reuse(eldest.getValue());
          }
          return full;
        }
      };

  /** A reader that tells nobody of damage but its caller. */
  PackReader(PackFiles files, RowReader rows) {
    this(files, rows, blob -> {});
  }

  PackReader(PackFiles files, RowReader rows, DamageListener listener) {
    this.files = files;
    this.rows = rows;
    this.beside = new GroupBeside(rows);
    this.listener = listener;
  }

  /** Hears of blobs whose copy is damaged. */
  @FunctionalInterface
  interface DamageListener {
    void damaged(BlobId id) throws IOException;
  }

  @Override
  public Optional<StoredRecord> record(RecordId id) throws IOException {
    byte[] key = Rows.record(id);
    return whileItMoves(
        key,
        value -> {
          Rows.RecordRow row = Rows.readRecord(key, value);
          return recordAt(new RecordPlace(id, row.place(), row.entry()));
        });
  }

  @Override
  public Optional<StoredRecord> record(RecordPlace at) throws IOException {
    try {
      return Optional.of(recordAt(at));
    } catch (CorruptStoreException movedOrDamaged) {
      // The row knows: if the record is still there, the same fault is met again.
      return record(at.id());
    }
  }

  private StoredRecord recordAt(RecordPlace at) throws IOException {
    Group group = group(at.place());
    beside.is(group, at.place().pack());
    if (entry(group, at.place(), at.entry()) instanceof GroupEntry.RecordEntry record
        && record.id().equals(at.id())) {
      return group.record(record);
    }
    throw wrongEntry(at.place(), at.entry(), "record " + at.id());
  }

  @Override
  public void copyBlob(BlobId id, long length, OutputStream sink) throws IOException {
    ByteBuffer content = beside.blob(id, length);
    if (content != null) {
      writeTo(sink, content);
      return;
    }
    Pieces pieces = pieces(id);
    if (pieces.length() != length) {
      throw new CorruptStoreException(
          "blob " + id, 0, length + " bytes", pieces.length() + " bytes");
    }
    for (ByteBuffer piece = next(pieces); piece != null; piece = next(pieces)) {
      writeTo(sink, piece);
    }
  }

  @Override
  public void copyPacked(BlobId id, long length, PieceSink sink) throws IOException {
    Pieces pieces = pieces(id);
    if (pieces.length() != length) {
      throw new CorruptStoreException(
          "blob " + id, 0, length + " bytes", pieces.length() + " bytes");
    }
    pieces.packed = true;
    for (ByteBuffer piece = next(pieces); piece != null; piece = next(pieces)) {
      sink.piece(piece);
    }
  }

  private @Nullable ByteBuffer next(Pieces pieces) throws IOException {
    try {
      return pieces.next();
    } catch (CorruptStoreException damaged) {
      listener.damaged(pieces.id);
      throw damaged;
    }
  }

  private void writeTo(OutputStream sink, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      int n = Math.min(copy.length, piece.remaining());
      piece.get(copy, 0, n);
      sink.write(copy, 0, n);
    }
  }

  /**
   * The pieces of a blob's content, one after the other.
   *
   * @throws CorruptStoreException if the store does not have it
   */
  Pieces pieces(BlobId id) throws IOException {
    byte[] key = Rows.blob(id);
    byte[] value = rows.get(key);
    if (value == null) {
      throw new CorruptStoreException("blob " + id, 0, "a blob", "none of this id");
    }
    return new Pieces(id, Rows.readBlob(key, value));
  }

  /** The content of a blob that is in a group. */
  byte[] smallBlob(BlobId id) throws IOException {
    ByteBuffer piece = pieces(id).next();
    byte[] content = new byte[piece == null ? 0 : piece.remaining()];
    if (piece != null) {
      piece.get(content);
    }
    return content;
  }

  /** A blob's content, piece by piece. */
  final class Pieces {
    private final BlobId id;
    private Rows.BlobRow row;
    private long position;
    private int next;

    /** Whether pieces are handed out packed. */
    private boolean packed;

    private Pieces(BlobId id, Rows.BlobRow row) {
      this.id = id;
      this.row = row;
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
        Group group = group(small.place());
        if (entry(group, small.place(), small.entry()) instanceof GroupEntry.BlobEntry blob
            && blob.id().equals(id)) {
          position = row.length();
          ByteBuffer view = group.view(blob.content());
          return packed ? pack(view, false, view.remaining()) : view;
        }
        throw wrongEntry(small.place(), small.entry(), "blob " + id);
      }
      List<Place> places = ((Rows.BlobRow.Large) row).pieces();
      if (next >= places.size()) {
        throw new CorruptStoreException("blob " + id, position, "another piece", "the last one");
      }
      return bulk(places.get(next));
    }

    private ByteBuffer bulk(Place at) throws IOException {
      try (PackFiles.Pack pack = files.use(at.pack())) {
        Frame frame = piece(pack, at, new BulkPiece(id, row.length(), position));
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
  static Frame piece(PackFiles.Pack pack, Place at, BulkPiece expected) throws IOException {
    Frame frame = header(pack, at, Frame.Kind.BULK);
    BulkPiece found = BulkPiece.read(frame);
    if (!found.equals(expected)) {
      throw new CorruptStoreException(pack.name(), at.offset(), expected + "", found + "");
    }
    return frame;
  }

  private static Frame header(PackFiles.Pack pack, Place at, Frame.Kind kind) throws IOException {
    Frame frame;
    try {
      frame = Frame.read(pack, at.offset(), Long.MAX_VALUE);
    } catch (java.io.EOFException cut) {
      throw new CorruptStoreException(pack.name(), at.offset(), "a frame", "the end of the file");
    }
    if (frame.kind() != kind) {
      throw new CorruptStoreException(pack.name(), at.offset(), kind + " frame", frame.kind() + "");
    }
    return frame;
  }

  @Override
  public byte[] logEntry(LogPlace at) throws IOException {
    return logEntry(at.key(), at.row());
  }

  @Override
  public int groupLength(LogPlace at) throws IOException {
    try (PackFiles.Pack pack = files.use(at.place().pack())) {
      return header(pack, at.place(), Frame.Kind.GROUP).rawLength();
    }
  }

  @Override
  public PackedGroup group(LogPlace at) throws IOException {
    try (PackFiles.Pack pack = files.use(at.place().pack())) {
      Frame frame = header(pack, at.place(), Frame.Kind.GROUP);
      Group group = group(at.place());
      ByteBuffer stored = codec.readStored(pack.file(), pack.name(), at.place().offset(), frame);
      ByteBuffer kept = ByteBuffer.allocate(stored.remaining()).put(stored).flip();
      return new PackedGroup(kept, frame.compressed(), group);
    }
  }

  /** The log entry of a row, whose {@code value} may be out of date when a sweep is under way. */
  byte[] logEntry(byte[] key, byte[] value) throws IOException {
    try {
      return logEntry(value);
    } catch (CorruptStoreException problem) {
      byte[] again = rows.get(key);
      if (again == null || java.util.Arrays.equals(again, value)) {
        throw problem;
      }
      return logEntry(key, again);
    }
  }

  private byte[] logEntry(byte[] value) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(value);
    Place place = Rows.readPlace(in);
    int number = (int) VarInts.get(in);
    Group group = group(place);
    if (entry(group, place, number) instanceof GroupEntry.LogEntry log) {
      return group.bytes(log.entry());
    }
    throw wrongEntry(place, number, "a log entry");
  }

  private static GroupEntry entry(Group group, Place place, int number)
      throws CorruptStoreException {
    if (number < 0 || number >= group.entries().size()) {
      throw wrongEntry(place, number, "an entry");
    }
    return group.entries().get(number);
  }

  private static CorruptStoreException wrongEntry(Place place, int number, String expected) {
    return new CorruptStoreException(
        "pack " + place.pack(), place.offset(), expected + " as entry " + number, "another");
  }

  /** The group there, good until eight others were read. */
  private Group group(Place at) throws IOException {
    Group known = groups.get(at);
    if (known != null) {
      return known;
    }
    try (PackFiles.Pack pack = files.use(at.pack())) {
      Frame frame = header(pack, at, Frame.Kind.GROUP);
      ByteBuffer payload = codec.decode(pack.file(), pack.name(), at.offset(), frame);
      Group group = Group.read(payload, room, pack.name(), at.offset());
      room = group.room() == room ? new byte[0] : room;
      groups.put(at, group);
      return group;
    }
  }

  private void reuse(Group group) {
    beside.forget(group);
    room = group.room().length <= LARGEST_ROOM ? group.room() : room;
  }

  /** Reads what a row points at. */
  private interface Fetch<T> {
    T from(byte[] value) throws IOException;
  }

  /**
   * Fetches; if that fails because sweeping has moved the row's target meanwhile, fetches from
   * there.
   */
  private <T> Optional<T> whileItMoves(byte[] key, Fetch<T> fetch) throws IOException {
    byte[] value = rows.get(key);
    while (value != null) {
      try {
        return Optional.of(fetch.from(value));
      } catch (CorruptStoreException problem) {
        byte[] again = rows.get(key);
        if (java.util.Arrays.equals(again, value)) {
          throw problem;
        }
        value = again;
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    codec.close();
  }
}
