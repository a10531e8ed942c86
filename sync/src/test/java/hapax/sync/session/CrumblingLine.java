package hapax.sync.session;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A line that takes and gives bytes one by one. */
record CrumblingLine(Line line) implements Line {
  @Override
  public InputStream in() {
    return new FilterInputStream(line.in()) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(1, length));
      }
    };
  }

  @Override
  public OutputStream out() {
    return new FilterOutputStream(line.out()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = 0; i < length; i++) {
          out.write(bytes, offset + i, 1);
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
