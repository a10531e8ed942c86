package hapax.reconstruct.signature;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on with CRLF for each bare line feed; nothing is held back between two writes. */
final class CrlfStream extends FilterOutputStream {
  private static final int CHUNK = 16 << 10;

  private final byte[] chunk = new byte[CHUNK];
  private int length;
  private byte last;

  CrlfStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int end = offset + count;
    int from = offset;
    while (from < end) {
      int feed = ByteScan.indexOf(bytes, from, end, '\n');
      append(bytes, from, feed);
      if (feed < end) {
        byte before = feed == offset ? last : bytes[feed - 1];
        feed(before != '\r');
      }
      from = feed + 1;
    }
    if (count > 0) {
      last = bytes[end - 1];
    }
    flushChunk();
  }

  private void append(byte[] bytes, int from, int to) throws IOException {
    int n = to - from;
    if (n > CHUNK - length) {
      flushChunk();
    }
    if (n > CHUNK) {
      out.write(bytes, from, n);
    } else {
      System.arraycopy(bytes, from, chunk, length, n);
      length += n;
    }
  }

  private void feed(boolean bare) throws IOException {
    if (CHUNK - length < 2) {
      flushChunk();
    }
    if (bare) {
      chunk[length++] = '\r';
    }
    chunk[length++] = '\n';
  }

  private void flushChunk() throws IOException {
    out.write(chunk, 0, length);
    length = 0;
  }
}
