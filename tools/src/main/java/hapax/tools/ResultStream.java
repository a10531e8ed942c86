package hapax.tools;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Standard output, where a failed write tells a reader who left from a full disk. */
final class ResultStream extends FilterOutputStream {
  ResultStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      out.write(bytes, offset, count);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private static IOException explained(IOException e) {
    String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return reason.contains("pipe") || reason.contains("closed")
        ? new ReaderGoneException(e)
        : new FailedException("standard output: " + e.getMessage(), e);
  }
}
