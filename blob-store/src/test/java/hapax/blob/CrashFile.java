package hapax.blob;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A file of a {@link CrashDisk}: its bytes, and those that were synced. */
final class CrashFile {
  private final Path name;
  private byte[] bytes = new byte[64];
  private int size;
  private byte[] synced = new byte[0];

  CrashFile(Path name) {
    this.name = name;
  }

  static CrashFile synced(Path name, byte[] content) {
    CrashFile file = new CrashFile(name);
    file.replace(content);
    return file;
  }

  synchronized void replace(byte[] content) {
    bytes = content.clone();
    size = content.length;
    synced = content.clone();
  }

  synchronized byte[] content() {
    return Arrays.copyOf(bytes, size);
  }

  /** What was synced and of the rest a part: cut short, or long enough but zeros at its end. */
  synchronized CrashFile afterPowerLoss(Path as, SplittableRandom random) {
    byte[] now = content();
    if (Arrays.equals(now, synced)) {
      return synced(as, now);
    }
    if (!startsWithSynced(now)) {
      return synced(as, random.nextBoolean() ? now : synced);
    }
    byte[] left =
        Arrays.copyOf(now, synced.length + random.nextInt(now.length - synced.length + 1));
    if (random.nextInt(3) == 0) {
      int written = synced.length + random.nextInt(left.length - synced.length + 1);
      Arrays.fill(left, written, left.length, (byte) 0);
    }
    return synced(as, left);
  }

  private boolean startsWithSynced(byte[] now) {
    return now.length > synced.length && Arrays.mismatch(now, synced) == synced.length;
  }

  DiskFile open(boolean writable) {
    return new Handle(writable);
  }

  /** The file through one opening. */
  private final class Handle implements DiskFile {
    private final boolean writable;
    private boolean closed;

    Handle(boolean writable) {
      this.writable = writable;
    }

    @Override
    public long size() throws IOException {
      synchronized (CrashFile.this) {
        ensure(true);
        return size;
      }
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
      synchronized (CrashFile.this) {
        ensure(true);
        if (position + into.remaining() > size) {
          throw new EOFException(name + " at offset " + size + ": the end");
        }
        into.put(bytes, (int) position, into.remaining());
      }
    }

    @Override
    public void append(ByteBuffer from) throws IOException {
      synchronized (CrashFile.this) {
        ensure(writable);
        int end = size + from.remaining();
        if (end > bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.max(end, 2 * size));
        }
        from.get(bytes, size, end - size);
        size = end;
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (CrashFile.this) {
        ensure(true);
        synced = content();
      }
    }

    @Override
    public void truncate(long to) throws IOException {
      synchronized (CrashFile.this) {
        ensure(writable);
        size = (int) Math.min(size, to);
      }
    }

    @Override
    public void close() {
      synchronized (CrashFile.this) {
        closed = true;
      }
    }

    private void ensure(boolean allowed) throws ClosedChannelException {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (!allowed) {
        throw new NonWritableChannelException();
      }
    }
  }
}
