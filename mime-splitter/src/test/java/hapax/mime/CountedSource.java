package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/** A message that knows how many of its bytes were asked for. */
final class CountedSource implements ByteSource {
  private final byte[] bytes;
  private long copied;

  CountedSource(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void copyTo(long from, long to, OutputStream sink) throws IOException {
    copied += to - from;
    sink.write(bytes, (int) from, (int) (to - from));
  }

  long copied() {
    return copied;
  }
}
