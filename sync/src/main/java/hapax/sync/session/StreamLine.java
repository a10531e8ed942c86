package hapax.sync.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A pair of streams that were there before, such as standard input and output. */
public final class StreamLine implements Line {
  private final InputStream in;
  private final OutputStream out;

  public StreamLine(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void tear() {
    try (in;
        out) {
      // Closing is all.
      return;
    } catch (IOException torn) {
      // It was to be torn.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
