package hapax.reconstruct.signature;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Leaves out blanks and tabs. */
final class BlankFilter extends FilterOutputStream {
  BlankFilter(OutputStream out) {
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
      if (HeaderBlock.isBlank(bytes[i])) {
        out.write(bytes, from, i - from);
        from = i + 1;
      }
    }
    out.write(bytes, from, offset + length - from);
  }
}
