package hapax.sync.session;

import hapax.blob.BlobId;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Content of large blobs that came, as it was unpacked to be hashed, at least until the messages of
 * the batch are proven for which it came: else each would be read back from the packs and unpacked
 * once more. It lies in the same few arrays again and again, one blob after the other, and is there
 * until the next needs its room; what finds no room is not held.
 *
 * <p>One thread takes content in; another reads, and is the one to release.
 */
final class HeldBlobs implements Closeable {
  /** Holds nothing. */
  static final HeldBlobs NONE = new HeldBlobs(0);

  /** Longest blob that is held, and length of an array. */
  private static final int ARRAY = 4 << 20;

  private static final int MOST_ARRAYS = 8;

  /** How many arrays may still be made: so many for all sessions of the process together. */
  private static final Semaphore LEFT = new Semaphore(MOST_ARRAYS);

  /** Made one by one, when they are first needed. */
  private final List<byte[]> arrays = new ArrayList<>();

  /** None once closed; guarded by this object, as all that follows. */
  private int mostArrays;

  private final Map<BlobId, Held> blobs = new HashMap<>();

  private final Deque<Held> inOrder = new ArrayDeque<>();

  /** Bytes that were ever given room, gaps at the ends of arrays included. */
  private long given;

  private long released;

  /** How far room will be released. */
  private long handedOver;

  /** The blob that is being read: its room is given to no other. */
  private @Nullable Held read;

  private HeldBlobs(int mostArrays) {
    this.mostArrays = mostArrays;
  }

  /** Holds up to 32 MiB, or what other sessions leave of them. */
  static HeldBlobs some() {
    return new HeldBlobs(MOST_ARRAYS);
  }

  /** A blob, and where it begins among all bytes that were given room. */
  private record Held(BlobId id, ByteBuffer content, long from) {}

  /**
   * Room for a blob, of just its length, until {@link #release}; null if there is none. Waits for
   * room that is to be released.
   *
   * @param length in bytes
   */
  synchronized @Nullable ByteBuffer room(long length) throws IOException {
    long left = ARRAY - given % ARRAY;
    long from = length <= left ? given : given + left;
    long end = from + length;
    if (length < 1 || length > ARRAY) {
      return null;
    }
    awaitRelease(end);
    if (end - released > capacity()) {
      return null;
    }
    if (read != null && read.from() < end - capacity()) {
      return null;
    }
    int number = (int) (from / ARRAY % mostArrays);
    if (number == arrays.size() && !makeArray()) {
      return null;
    }
    given = end;
    forgetUpTo(end);
    return ByteBuffer.wrap(arrays.get(number), (int) (from % ARRAY), (int) length).slice();
  }

  /** Holds a blob whose content lies in the room that was given last, and matches its id. */
  synchronized void hold(BlobId id, ByteBuffer content) {
    Held held = new Held(id, content, given - content.remaining());
    blobs.put(id, held);
    inOrder.add(held);
  }

  /** Makes one more array, if that may be and there is memory for it. */
  private boolean makeArray() {
    if (!LEFT.tryAcquire()) {
      return false;
    }
    try {
      return arrays.add(new byte[ARRAY]);
    } catch (OutOfMemoryError full) {
      LEFT.release();
      return false;
    }
  }

  private void awaitRelease(long end) throws IOException {
    try {
      while (end - released > capacity() && released < handedOver) {
        wait();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  /** How far room was given by now. */
  synchronized long mark() {
    return given;
  }

  /** Gives what is held by now to somebody who will release it; how far room was given. */
  synchronized long handOver() {
    handedOver = given;
    return given;
  }

  /** Room that was given up to a mark may be given again; until then what lies there is held on. */
  synchronized void release(long mark) {
    released = mark;
    notifyAll();
  }

  /** Forgets what lies where room is given now. */
  private void forgetUpTo(long end) {
    while (!inOrder.isEmpty() && inOrder.element().from() < end - capacity()) {
      Held gone = inOrder.remove();
      Held latest = blobs.get(gone.id());
      if (latest != null && latest.from() == gone.from()) {
        blobs.remove(gone.id());
      }
    }
  }

  /** Nobody takes or reads any more: others may hold as much. */
  @Override
  public synchronized void close() {
    LEFT.release(arrays.size());
    arrays.clear();
    blobs.clear();
    inOrder.clear();
    mostArrays = 0;
    handedOver = 0;
    notifyAll();
  }

  private long capacity() {
    return (long) mostArrays * ARRAY;
  }

  /** Writes a blob of that length, if it is held; nobody is given its room meanwhile. */
  boolean copyTo(BlobId id, long length, OutputStream sink) throws IOException {
    ByteBuffer content = begin(id);
    try {
      if (content == null || content.remaining() != length) {
        return false;
      }
      sink.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
      return true;
    } finally {
      end();
    }
  }

  private synchronized @Nullable ByteBuffer begin(BlobId id) {
    read = blobs.get(id);
    return read == null ? null : read.content();
  }

  private synchronized void end() {
    read = null;
  }
}
