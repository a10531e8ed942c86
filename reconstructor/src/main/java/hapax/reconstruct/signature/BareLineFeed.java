package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.io.OutputStream;

/** Looks for a line feed without a carriage return before it. */
final class BareLineFeed extends OutputStream {
  private byte last;
  private boolean seen;

  private BareLineFeed() {}

  static boolean isIn(ByteSource source, long from, long to) throws IOException {
    BareLineFeed probe = new BareLineFeed();
    source.copyTo(from, to, probe);
    return probe.seen;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length && !seen; i++) {
      seen = bytes[i] == '\n' && (i == offset ? last : bytes[i - 1]) != '\r';
    }
    if (length > 0) {
      last = bytes[offset + length - 1];
    }
  }
}
