package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from the packs by the catalog's rows. */
final class PackReader implements StoreReader {
  private static final int COPY = 64 << 10;

  private final PackFiles files;
  private final RowReader rows;
  private final DamageListener listener;
  private final FrameCodec codec = new FrameCodec();
  private final byte[] copy = new byte[COPY];
  private final GroupBeside beside;
  private final GroupCache groups;
  private final BlobReader blobs;

  /** A reader that tells nobody of damage but its caller. */
  PackReader(PackFiles files, RowReader rows) {
    this(files, rows, blob -> {});
  }

  PackReader(PackFiles files, RowReader rows, DamageListener listener) {
    this.files = files;
    this.rows = rows;
    this.beside = new GroupBeside(rows);
    this.groups = new GroupCache(files, codec, beside::forget);
    this.blobs = new BlobReader(files, rows, codec, groups);
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
    Group group = groups.group(at.place());
    beside.is(group, at.place().pack());
    if (GroupCache.entry(group, at.place(), at.entry()) instanceof GroupEntry.RecordEntry record
        && record.id().equals(at.id())) {
      return group.record(record);
    }
    throw GroupCache.wrongEntry(at.place(), at.entry(), "record " + at.id());
  }

  @Override
  public void copyBlob(BlobId id, long length, OutputStream sink) throws IOException {
    ByteBuffer content = beside.blob(id, length);
    if (content != null) {
      writeTo(sink, content);
      return;
    }
    copy(id, length, false, piece -> writeTo(sink, piece));
  }

  @Override
  public void copyPacked(BlobId id, long length, PieceSink sink) throws IOException {
    copy(id, length, true, sink);
  }

  private void copy(BlobId id, long length, boolean packed, PieceSink sink) throws IOException {
    BlobReader.Pieces pieces = blobs.pieces(id, packed);
    if (pieces.length() != length) {
      throw new CorruptStoreException(
          "blob " + id, 0, length + " bytes", pieces.length() + " bytes");
    }
    for (ByteBuffer piece = next(id, pieces); piece != null; piece = next(id, pieces)) {
      sink.piece(piece);
    }
  }

  private @Nullable ByteBuffer next(BlobId id, BlobReader.Pieces pieces) throws IOException {
    try {
      return pieces.next();
    } catch (CorruptStoreException damaged) {
      listener.damaged(id);
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

  /** The pieces of a blob's content; see {@link BlobReader#pieces}. */
  BlobReader.Pieces pieces(BlobId id) throws IOException {
    return blobs.pieces(id, false);
  }

  @Override
  public byte[] logEntry(LogPlace at) throws IOException {
    return logEntry(at.key(), at.row());
  }

  @Override
  public int groupLength(LogPlace at) throws IOException {
    try (PackFiles.Pack pack = files.use(at.place().pack())) {
      return Frame.read(pack, at.place(), Frame.Kind.GROUP).rawLength();
    }
  }

  @Override
  public PackedGroup group(LogPlace at) throws IOException {
    try (PackFiles.Pack pack = files.use(at.place().pack())) {
      Frame frame = Frame.read(pack, at.place(), Frame.Kind.GROUP);
      Group group = groups.group(at.place());
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
      if (again == null || Arrays.equals(again, value)) {
        throw problem;
      }
      return logEntry(key, again);
    }
  }

  private byte[] logEntry(byte[] value) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(value);
    Place place = Rows.readPlace(in);
    int number = (int) VarInts.get(in);
    Group group = groups.group(place);
    if (GroupCache.entry(group, place, number) instanceof GroupEntry.LogEntry log) {
      return group.bytes(log.entry());
    }
    throw GroupCache.wrongEntry(place, number, "a log entry");
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
        if (Arrays.equals(again, value)) {
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
