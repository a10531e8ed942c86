package hapax.sync.session;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A way to a peer: bytes go out and come in. */
public interface Line extends Closeable {
  InputStream in();

  OutputStream out();

  /**
   * Ends it at once, from any thread: whoever reads or writes is told that it is torn, and does not
   * wait on.
   */
  void tear();

  /** Ends it after all that was written has gone out; says if the far end failed. */
  @Override
  void close() throws IOException;
}
