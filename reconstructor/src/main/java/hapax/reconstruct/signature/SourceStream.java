package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.io.InputStream;

/** A stretch of a source as a stream, read in chunks. */
final class SourceStream extends InputStream {
  private static final int CHUNK = 64 << 10;

  private final ByteSource source;
  private final long to;
  private final FixedBuffer chunk;
  private long next;
  private int position;

  SourceStream(ByteSource source, long from, long to) {
    this.source = source;
    this.next = from;
    this.to = to;
    this.chunk = new FixedBuffer((int) Math.min(CHUNK, Math.max(to - from, 1)));
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk.bytes()[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, chunk.length() - position);
    System.arraycopy(chunk.bytes(), position, into, offset, n);
    position += n;
    return n;
  }

  private boolean fill() throws IOException {
    if (position == chunk.length() && next < to) {
      long end = Math.min(to, next + chunk.bytes().length);
      chunk.clear();
      source.copyTo(next, end, chunk);
      position = 0;
      next = end;
    }
    return position < chunk.length();
  }
}
