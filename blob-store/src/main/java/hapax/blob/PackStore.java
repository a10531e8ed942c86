package hapax.blob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store over packs and a catalog.
 *
 * <h2>Locks, outermost first</h2>
 *
 * <ol>
 *   <li>{@code commits}: one commit at a time; held over the sync and the catalog's batch.
 *   <li>{@code units}: read by each unit of work from its beginning to its end, written by a commit
 *       while it writes the open group and the commit frame. So a commit never falls inside a unit.
 *   <li>a {@link Claims claim} on a blob.
 *   <li>{@code folding}: one log entry is folded at a time.
 *   <li>{@code grouping}: the open group.
 *   <li>{@code appending}: the end of the last pack, and the order in which rows are made of
 *       frames.
 * </ol>
 *
 * Compression and comparison happen under none of the last three.
 */
final class PackStore implements BlobStore {
  private final StoreParts parts;
  private final StoreOptions options;
  private final LogFold fold;
  private final PackWriter writer;
  private final Indexer indexer;
  private final UpperRows upper;
  private final PackRows packs;
  private final DamagedBlobs damaged;
  private final Claims claims = new Claims();
  private final Proven proven = new Proven();
  private final ConcurrentLinkedQueue<FrameCodec> codecs = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<PackReader> readers = new ConcurrentLinkedQueue<>();

  private final Object commits = new Object();
  private final ReentrantReadWriteLock units = new ReentrantReadWriteLock(true);
  private final Object folding = new Object();
  private final Object grouping = new Object();
  private final Object appending = new Object();

  private GroupBuilder group = new GroupBuilder();

  /** What is in groups that have no rows yet. */
  private final Set<Id32> pending = ConcurrentHashMap.newKeySet();

  private final AtomicLong uncommitted = new AtomicLong();
  private final AtomicLong commitsAsked = new AtomicLong();
  private long commitsDone;
  private long sequence;
  private volatile @Nullable IOException broken;

  /** Opens a store whose parts are there, and replays what its catalog has not seen. */
  PackStore(StoreParts parts, StoreOptions options, LogFold fold) throws IOException {
    this.parts = parts;
    this.options = options;
    this.fold = fold;
    Replay replay = new Replay(parts.place(), parts.files(), parts.rows(), fold, parts.storeId());
    Position position = replay.run();
    this.sequence = position.sequence();
    this.writer =
        new PackWriter(parts.place(), parts.storeId(), options.packBytes(), position.place());
    this.indexer = Indexer.ofAppended(parts.rows());
    this.upper = new UpperRows(parts.rows());
    this.packs = new PackRows(parts.rows());
    this.damaged = new DamagedBlobs(parts.rows());
  }

  @Override
  public Intake intake() {
    units.readLock().lock();
    return new UnitIntake(this);
  }

  void endUnit() {
    units.readLock().unlock();
  }

  @Override
  public StoreReader reader() {
    return new PackReader(parts.files(), parts.rows());
  }

  // ---- blobs

  PutResult putBlob(BlobId id, long length, Content content) throws IOException {
    checkUsable();
    if (proven.contains(id)) {
      return PutResult.SHARED;
    }
    PutResult result = claims.with(id, () -> putClaimed(id, length, content));
    proven.add(id);
    return result;
  }

  private PutResult putClaimed(BlobId id, long length, Content content) throws IOException {
    if (proven.contains(id) || pending.contains(id)) {
      return PutResult.SHARED;
    }
    byte[] key = Rows.blob(id);
    byte[] known = parts.rows().get(key);
    if (known != null && storedEquals(id, content)) {
      return PutResult.SHARED;
    }
    if (length < options.smallBlob()) {
      putSmall(id, length, content);
    } else {
      putLarge(id, length, content);
    }
    if (known == null) {
      return PutResult.STORED;
    }
    packs.hide(Rows.readBlob(key, known));
    damaged.remove(id);
    return PutResult.HEALED;
  }

  private boolean storedEquals(BlobId id, Content content) throws IOException {
    PackReader reader = takeReader();
    try {
      ContentComparison comparison = new ContentComparison(reader.pieces(id));
      content.writeTo(comparison);
      return comparison.isEqual();
    } catch (CorruptStoreException damaged) {
      // The copy is not whole; writing the content anew heals it.
      return false;
    } finally {
      readers.add(reader);
    }
  }

  private PackReader takeReader() {
    PackReader reader = readers.poll();
    return reader == null ? new PackReader(parts.files(), parts.rows()) : reader;
  }

  private void putSmall(BlobId id, long length, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) length);
    content.writeTo(bytes);
    if (bytes.size() != length) {
      throw new IOException(
          "blob " + id + ": expected " + length + " bytes, found " + bytes.size());
    }
    pending.add(id);
    addToGroup(to -> to.add(id, bytes.toByteArray()));
  }

  private void putLarge(BlobId id, long length, Content content) throws IOException {
    FrameCodec codec = takeCodec();
    try {
      PieceWriter pieces = new PieceWriter(this, codec, id, length, options.bulkLevel());
      content.writeTo(pieces);
      Rows.BlobRow row = pieces.finish();
      parts.rows().open().put(Rows.blob(id), Rows.write(row));
    } finally {
      codecs.add(codec);
    }
  }

  private FrameCodec takeCodec() {
    FrameCodec codec = codecs.poll();
    return codec == null ? new FrameCodec() : codec;
  }

  // ---- records and log entries

  PutResult putRecord(StoredRecord record) throws IOException {
    checkUsable();
    if (!pending.add(record.id())) {
      return PutResult.SHARED;
    }
    byte[] key = Rows.record(record.id());
    byte[] known = parts.rows().get(key);
    if (known != null && storedEquals(record)) {
      pending.remove(record.id());
      return PutResult.SHARED;
    }
    addToGroup(to -> to.add(record));
    if (known == null) {
      return PutResult.STORED;
    }
    packs.hide(Rows.readRecord(key, known).place().pack());
    return PutResult.HEALED;
  }

  private boolean storedEquals(StoredRecord record) throws IOException {
    PackReader reader = takeReader();
    try {
      return reader.record(record.id()).filter(record::sameAs).isPresent();
    } catch (CorruptStoreException damaged) {
      // The copy is not whole; writing the record anew heals it.
      return false;
    } finally {
      readers.add(reader);
    }
  }

  void appendLog(byte[] entry) throws IOException {
    checkUsable();
    byte[] key;
    synchronized (folding) {
      key = fold.fold(entry, upper);
    }
    addToGroup(to -> to.add(key, entry));
  }

  private void addToGroup(Consumer<GroupBuilder> entry) throws IOException {
    GroupBuilder full = null;
    synchronized (grouping) {
      int before = group.size();
      entry.accept(group);
      uncommitted.addAndGet(group.size() - before);
      if (group.size() >= options.groupBytes()) {
        full = group;
        group = new GroupBuilder();
      }
    }
    if (full != null) {
      writeGroup(full);
    }
  }

  /** Encodes, proves and appends a group that no other thread adds to. */
  private void writeGroup(GroupBuilder full) throws IOException {
    FrameCodec codec = takeCodec();
    try {
      ByteBuffer payload = full.write(codec);
      Group readBack = Group.read(payload.duplicate(), "group to be written", 0);
      ByteBuffer frame =
          codec.encode(Frame.Kind.GROUP, ByteBuffer.allocate(0), payload, options.groupLevel());
      synchronized (appending) {
        int length = frame.remaining();
        Place at = appendFrame(frame);
        indexer.group(at, length, readBack, (n, entry) -> full.logKeys().get(n));
      }
      for (GroupEntry entry : readBack.entries()) {
        Id32 name = entry.name();
        if (name != null) {
          pending.remove(name);
        }
      }
    } finally {
      codecs.add(codec);
    }
  }

  // ---- packs

  /** Appends a bulk frame. */
  Place append(ByteBuffer frame) throws IOException {
    synchronized (appending) {
      uncommitted.addAndGet(frame.remaining());
      return appendFrame(frame);
    }
  }

  private Place appendFrame(ByteBuffer frame) throws IOException {
    checkUsable();
    try {
      Place at = writer.append(frame);
      packs.name(at.pack());
      return at;
    } catch (IOException failed) {
      broken = failed;
      throw failed;
    }
  }

  private void checkUsable() throws IOException {
    IOException cause = broken;
    if (cause != null) {
      throw new IOException(
          "the store takes nothing more after a failed write: " + cause.getMessage(), cause);
    }
  }

  @Override
  public void commit() throws IOException {
    long ticket = commitsAsked.incrementAndGet();
    synchronized (commits) {
      if (commitsDone < ticket) {
        commitNow();
      }
    }
  }

  private void commitNow() throws IOException {
    checkUsable();
    long covers;
    units.writeLock().lock();
    try {
      covers = commitsAsked.get();
      if (!prepareCommit()) {
        commitsDone = covers;
        return;
      }
    } finally {
      units.writeLock().unlock();
    }
    try {
      DiskFile last;
      synchronized (appending) {
        last = writer.prepareSync();
      }
      if (last != null) {
        last.sync();
      }
      parts.rows().finishCommit();
      commitsDone = covers;
    } catch (IOException failed) {
      broken = failed;
      throw failed;
    }
  }

  /** Writes the open group and the commit frame; false if there is nothing to commit. */
  private boolean prepareCommit() throws IOException {
    GroupBuilder last = group;
    if (!last.isEmpty()) {
      group = new GroupBuilder();
      writeGroup(last);
    }
    if (uncommitted.get() == 0) {
      return false;
    }
    sequence++;
    CommitMark mark = new CommitMark(sequence, System.currentTimeMillis());
    FrameCodec codec = takeCodec();
    try {
      ByteBuffer payload = codec.raw(CommitMark.BYTES).put(mark.write(parts.storeId())).flip();
      synchronized (appending) {
        appendFrame(codec.encode(Frame.Kind.COMMIT, ByteBuffer.allocate(0), payload, 0));
        new Position(writer.position(), sequence).put(parts.rows().open(), parts.storeId());
      }
    } finally {
      codecs.add(codec);
    }
    parts.rows().prepareCommit();
    uncommitted.set(0);
    return true;
  }

  @Override
  public long uncommittedBytes() {
    return uncommitted.get();
  }

  // ---- what is there

  @Override
  public boolean hasRecord(RecordId id) throws IOException {
    return pending.contains(id) || parts.rows().get(Rows.record(id)) != null;
  }

  @Override
  public RowReader rows() {
    return upper;
  }

  @Override
  public void scanLog(byte[] from, byte @Nullable [] to, RowReader.Visitor visitor)
      throws IOException {
    byte[] end = to == null ? Rows.after(new byte[] {Rows.LOG}) : Rows.key(Rows.LOG, to);
    PackReader reader = takeReader();
    try {
      parts
          .rows()
          .scan(
              Rows.key(Rows.LOG, from),
              end,
              (key, value) ->
                  visitor.row(
                      java.util.Arrays.copyOfRange(key, 1, key.length), reader.logEntry(value)));
    } finally {
      readers.add(reader);
    }
  }

  @Override
  public void scanRecords(RecordVisitor visitor) throws IOException {
    new RowScan(parts.rows()).records(visitor);
  }

  @Override
  public void scanBlobs(BlobVisitor visitor) throws IOException {
    new RowScan(parts.rows()).blobs(visitor);
  }

  @Override
  public StoreSizes sizes() throws IOException {
    long packs = 0;
    for (int number : parts.place().numbers()) {
      try (DiskFile file = parts.place().read(number)) {
        packs += file.size();
      }
    }
    long[] bulk = new long[1];
    new RowScan(parts.rows())
        .blobRows(
            (id, row) -> bulk[0] += row instanceof Rows.BlobRow.Large ? row.storedBytes() : 0);
    return new StoreSizes(packs, bulk[0], packs - bulk[0], parts.rows().catalog().storedBytes());
  }

  @Override
  public String storeId() {
    return HexFormat.of().formatHex(parts.storeId());
  }

  @Override
  public void close() throws IOException {
    for (FrameCodec codec = codecs.poll(); codec != null; codec = codecs.poll()) {
      codec.close();
    }
    for (PackReader reader = readers.poll(); reader != null; reader = readers.poll()) {
      reader.close();
    }
    writer.close();
    parts.close();
  }
}
