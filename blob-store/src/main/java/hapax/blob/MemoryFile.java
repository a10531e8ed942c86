package hapax.blob;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;

/** A growing run of bytes that any number of {@link DiskFile}s look at. */
final class MemoryFile {
  private static final int FIRST_CAPACITY = 4096;

  private final String name;
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  MemoryFile(String name) {
    this.name = name;
  }

  DiskFile open() {
    return new Handle();
  }

  private synchronized int size() {
    return size;
  }

  private synchronized void read(long position, ByteBuffer into) throws EOFException {
    if (position + into.remaining() > size) {
      throw new EOFException(name + " at offset " + size + ": expected more bytes, found the end");
    }
    into.put(bytes, Math.toIntExact(position), into.remaining());
  }

  private synchronized void append(ByteBuffer from) {
    int end = Math.addExact(size, from.remaining());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, 2L * size)));
    }
    from.get(bytes, size, end - size);
    size = end;
  }

  private synchronized void truncate(long to) {
    size = (int) Math.min(size, to);
  }

  /** The bytes through one opening. */
  private final class Handle implements DiskFile {
    private volatile boolean closed;

    @Override
    public long size() throws IOException {
      ensureOpen();
      return MemoryFile.this.size();
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
      ensureOpen();
      read(position, into);
    }

    @Override
    public void append(ByteBuffer from) throws IOException {
      ensureOpen();
      MemoryFile.this.append(from);
    }

    @Override
    public void sync() throws IOException {
      ensureOpen();
    }

    @Override
    public void truncate(long to) throws IOException {
      ensureOpen();
      MemoryFile.this.truncate(to);
    }

    @Override
    public void close() {
      closed = true;
    }

    private void ensureOpen() throws ClosedChannelException {
      if (closed) {
        throw new ClosedChannelException();
      }
    }
  }
}
