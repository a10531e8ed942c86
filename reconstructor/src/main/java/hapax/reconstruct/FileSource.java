package hapax.reconstruct;

import hapax.mime.ByteSource;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A stretch of a file as a message, read in chunks: memory does not grow with the message. */
final class FileSource implements ByteSource, Closeable {
  private static final int CHUNK = 256 << 10;

  private final Path file;
  private final FileChannel channel;
  private final long start;
  private final long length;

  /** The bytes {@code [from, to)} of {@code file}, to its end if {@code to} is -1. */
  FileSource(Path file, long from, long to) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.start = from;
    this.length = (to < 0 ? channel.size() : to) - from;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void copyTo(long from, long to, OutputStream sink) throws IOException {
    Objects.checkFromToIndex(from, to, length);
    byte[] chunk = new byte[(int) Math.min(CHUNK, to - from)];
    for (long at = from; at < to; ) {
      int n =
          channel.read(
              ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, to - at)), start + at);
      if (n < 0) {
        throw new EOFException(
            file
                + " at offset "
                + (start + at)
                + ": expected "
                + (to - at)
                + " more bytes, found the end: it changed while it was read");
      }
      sink.write(chunk, 0, n);
      at += n;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
