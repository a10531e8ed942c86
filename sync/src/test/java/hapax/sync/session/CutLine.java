package hapax.sync.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A line that tears once so many bytes have gone out. */
final class CutLine implements Line {
  private final Line line;
  private long left;

  CutLine(Line line, long bytes) {
    this.line = line;
    this.left = bytes;
  }

  @Override
  public InputStream in() {
    return line.in();
  }

  @Override
  public OutputStream out() {
    OutputStream out = line.out();
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int n = (int) Math.min(left, length);
        out.write(bytes, offset, n);
        left -= n;
        if (n < length) {
          line.tear();
          throw new IOException("torn by the test");
        }
      }
    };
  }

  @Override
  public void tear() {
    line.tear();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
