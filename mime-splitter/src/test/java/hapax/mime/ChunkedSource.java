package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/** A message that comes in chunks of a set size, like one that is read from a file. */
final class ChunkedSource implements ByteSource {
  private final byte[] bytes;
  private final int chunk;

  ChunkedSource(byte[] bytes, int chunk) {
    this.bytes = bytes;
    this.chunk = chunk;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void copyTo(long from, long to, OutputStream sink) throws IOException {
    byte[] piece = new byte[chunk];
    for (int at = (int) from; at < to; at += chunk) {
      int length = (int) Math.min(chunk, to - at);
      System.arraycopy(bytes, at, piece, 0, length);
      sink.write(piece, 0, length);
    }
  }
}
