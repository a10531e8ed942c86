package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The end of the packs: appends frames and makes rows of them, in one order. After a write that
 * failed it takes nothing more, for nobody knows what is on disk. Safe for threads; frames are
 * encoded and proven outside its lock.
 */
final class Appender implements Closeable {
  private static final ByteBuffer NO_EXTRA = ByteBuffer.allocate(0);

  private final StoreParts parts;
  private final PackWriter writer;
  private final Indexer indexer;
  private final PackRows packs;
  private final ConcurrentLinkedQueue<FrameCodec> codecs = new ConcurrentLinkedQueue<>();

  /** Guards the writer and the order in which rows are made of frames. */
  private final Object appending = new Object();

  /** What is in groups that have no rows yet. */
  private final Set<Id32> pending = ConcurrentHashMap.newKeySet();

  private final AtomicLong uncommitted = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

  /** Goes on at {@code end}. */
  Appender(StoreParts parts, StoreOptions options, PackEnd end) throws IOException {
    this.parts = parts;
    this.writer = new PackWriter(parts, options.packBytes(), end);
    this.indexer = Indexer.ofAppended(parts.rows());
    this.packs = new PackRows(parts.rows());
  }

  /** A codec for one thread, to be given back. */
  FrameCodec takeCodec() {
    FrameCodec codec = codecs.poll();
    return codec == null ? new FrameCodec() : codec;
  }

  void giveBack(FrameCodec codec) {
    codecs.add(codec);
  }

  /** Appends a whole frame, of which the caller makes rows if there are any to make. */
  Place append(ByteBuffer frame) throws IOException {
    synchronized (appending) {
      uncommitted.addAndGet(frame.remaining());
      return appendFrame(frame);
    }
  }

  private Place appendFrame(ByteBuffer frame) throws IOException {
    return guarded(
        () -> {
          Place at = writer.append(frame);
          packs.name(at.pack());
          return at;
        });
  }

  /** Work on the packs or on rows of what they will hold. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does work after which, should it fail, nobody knows what is on disk. */
  <T> T guarded(Work<T> work) throws IOException {
    ensureUsable();
    try {
      return work.run();
    } catch (IOException | RuntimeException | Error failed) {
      breakAfter(failed);
      throw failed;
    }
  }

  /**
   * Encodes, proves and appends a group that no other thread adds to; gives its frame's length. It
   * holds what units of work were told is stored, so nothing goes on without it.
   */
  long appendGroup(GroupBuilder full, int level) throws IOException {
    FrameCodec codec = takeCodec();
    try {
      return guarded(() -> appendGroup(full, level, codec));
    } finally {
      giveBack(codec);
    }
  }

  private long appendGroup(GroupBuilder full, int level, FrameCodec codec) throws IOException {
    ByteBuffer payload = full.write(codec);
    Group readBack = Group.read(payload.duplicate(), "group to be written", 0);
    ByteBuffer frame = codec.encode(Frame.Kind.GROUP, NO_EXTRA, payload, level);
    return appendGroup(frame, readBack, full.logKeys());
  }

  /** Appends a parcel as it came, which was decoded from these very bytes. */
  void appendParcel(Parcel parcel, List<byte[]> logKeys) throws IOException {
    FrameCodec codec = takeCodec();
    try {
      guarded(
          () -> {
            ByteBuffer frame = codec.frame(Frame.Kind.GROUP, NO_EXTRA, parcel.packed());
            countUncommitted(frame.remaining());
            return appendGroup(frame, parcel.group(), logKeys);
          });
    } finally {
      giveBack(codec);
    }
  }

  private long appendGroup(ByteBuffer frame, Group group, List<byte[]> logKeys) throws IOException {
    long length = frame.remaining();
    synchronized (appending) {
      Place at = appendFrame(frame);
      indexer.group(at, length, group, (n, entry) -> logKeys.get(n));
    }
    for (GroupEntry entry : group.entries()) {
      Id32 name = entry.name();
      if (name != null) {
        pending.remove(name);
      }
    }
    return length;
  }

  /** Appends a commit frame and moves the catalog's position behind it. */
  SyncedMark appendCommit(long sequence, long millis) throws IOException {
    return guarded(
        () -> {
          synchronized (appending) {
            SyncedMark mark = writer.appendCommit(sequence, millis);
            packs.name(mark.end().pack());
            new Position(mark.end(), sequence).put(parts.rows().open(), parts.storeId());
            uncommitted.set(0);
            return mark;
          }
        });
  }

  /** Says in the packs that a commit is on disk. */
  void appendSynced(SyncedMark mark) throws IOException {
    guarded(
        () -> {
          synchronized (appending) {
            packs.name(writer.appendSynced(mark).pack());
            return mark;
          }
        });
  }

  /** Seals a pack if it is the last one: what comes next begins another. */
  void sealIfLast(int number) throws IOException {
    guarded(
        () -> {
          synchronized (appending) {
            writer.sealIfLast(number);
            return writer;
          }
        });
  }

  /** Makes everything appended before this call durable. One thread at a time. */
  void sync() throws IOException {
    guarded(
        () -> {
          PackWriter.Unsynced unsynced = takeUnsynced();
          writer.sync(unsynced);
          synchronized (appending) {
            writer.closeSealed(unsynced);
          }
          return unsynced;
        });
  }

  private PackWriter.Unsynced takeUnsynced() {
    synchronized (appending) {
      return writer.takeUnsynced();
    }
  }

  /** Remembers that a group has {@code id}, which gets its row when the group is appended. */
  boolean addPending(Id32 id) {
    return pending.add(id);
  }

  void removePending(Id32 id) {
    pending.remove(id);
  }

  boolean isPending(Id32 id) {
    return pending.contains(id);
  }

  /** Bytes since the last commit, as far as it was told of them. */
  long uncommittedBytes() {
    return uncommitted.get();
  }

  /** Counts bytes of a group that is not yet appended. */
  void countUncommitted(long bytes) {
    uncommitted.addAndGet(bytes);
  }

  /** Refuses further work if a write failed. */
  void ensureUsable() throws IOException {
    Throwable cause = broken.get();
    if (cause != null) {
      throw new IOException(
          "the store takes nothing more after a failed write: " + cause.getMessage(), cause);
    }
  }

  /** Takes nothing more; the first cause is kept. */
  private void breakAfter(Throwable failed) {
    broken.compareAndSet(null, failed);
  }

  @Override
  public void close() throws IOException {
    for (FrameCodec codec = codecs.poll(); codec != null; codec = codecs.poll()) {
      codec.close();
    }
    writer.close();
  }
}
