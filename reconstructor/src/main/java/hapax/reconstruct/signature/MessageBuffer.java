package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds a message, or what was decoded from one, so that it can be read at any place and again: in
 * memory while it is small, then in a temporary file that is gone once closed. One thread at a
 * time.
 */
public final class MessageBuffer extends OutputStream implements ByteSource, Closeable {
  private static final int IN_MEMORY = 4 << 20;
  private static final int CHUNK = 256 << 10;

  private final Allowance allowance;
  private Memory memory = new Memory();
  private @Nullable FileChannel file;
  private long length;

  /** A buffer for a message of any length. */
  public MessageBuffer() {
    this(Allowance.unlimited());
  }

  /** A buffer that takes what it holds from {@code allowance}. */
  MessageBuffer(Allowance allowance) {
    this.allowance = allowance;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    allowance.takeDecoded(count);
    if (file == null && length + count > IN_MEMORY) {
      file = temporary();
      writeTo(file, memory.toByteArray(), 0, memory.size());
      memory = new Memory();
    }
    if (file == null) {
      memory.write(bytes, offset, count);
    } else {
      writeTo(file, bytes, offset, count);
    }
    length += count;
  }

  private static FileChannel temporary() throws IOException {
    Path path = Files.createTempFile("hapax-", ".part");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Empties the buffer, to be used again; memory that it took it keeps. */
  void clear() throws IOException {
    close();
    file = null;
    memory.reset();
    length = 0;
  }

  private static void writeTo(FileChannel channel, byte[] bytes, int offset, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void copyTo(long from, long to, OutputStream sink) throws IOException {
    if (file == null) {
      memory.copyTo(from, to, sink);
      return;
    }
    byte[] chunk = new byte[(int) Math.min(CHUNK, to - from)];
    for (long at = from; at < to; ) {
      int n = file.read(ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, to - at)), at);
      if (n < 0) {
        throw new IOException("a temporary file is shorter than what was written to it");
      }
      sink.write(chunk, 0, n);
      at += n;
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private static final class Memory extends ByteArrayOutputStream {
    void copyTo(long from, long to, OutputStream sink) throws IOException {
      Objects.checkFromToIndex(from, to, count);
      sink.write(buf, (int) from, (int) (to - from));
    }
  }
}
