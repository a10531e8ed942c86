package hapax.sync.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A long message in an mbox, its quoting taken off as it is read. */
final class UnquotedInput extends InputStream {
  private static final int CHUNK = 256 << 10;

  private final FileChannel channel;
  private final Chunk chunk = new Chunk();
  private final MboxQuoting unquoting = MboxQuoting.unquoting(chunk);
  private final byte[] raw = new byte[CHUNK];
  private final long end;
  private long position;
  private int at;

  /** The bytes {@code [from, to)} of {@code file}. */
  UnquotedInput(Path file, long from, long to) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.position = from;
    this.end = to;
  }

  /** Text on its way, held where it can be read without a copy. */
  private static final class Chunk extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    while (at == chunk.size()) {
      if (!fill()) {
        return -1;
      }
    }
    int n = Math.min(length, chunk.size() - at);
    System.arraycopy(chunk.bytes(), at, into, offset, n);
    at += n;
    return n;
  }

  private boolean fill() throws IOException {
    chunk.reset();
    at = 0;
    if (position == end) {
      unquoting.finish();
      return chunk.size() > 0;
    }
    int n = channel.read(ByteBuffer.wrap(raw, 0, (int) Math.min(CHUNK, end - position)), position);
    if (n < 0) {
      throw new SourceException(
          "at offset " + position + ": expected more of the message, found the end of the file");
    }
    position += n;
    unquoting.write(raw, 0, n);
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
