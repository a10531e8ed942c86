package hapax.reconstruct.signature;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on with CRLF for each bare line feed. */
final class CrlfStream extends FilterOutputStream {
  private byte last;

  CrlfStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n' && (i == offset ? last : bytes[i - 1]) != '\r') {
        out.write(bytes, from, i - from);
        out.write('\r');
        from = i;
      }
    }
    out.write(bytes, from, offset + length - from);
    if (length > 0) {
      last = bytes[offset + length - 1];
    }
  }
}
