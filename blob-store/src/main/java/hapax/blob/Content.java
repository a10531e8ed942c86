package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A blob's content on its way in: can be written out any number of times, the same bytes each time.
 */
@FunctionalInterface
public interface Content {
  /** Writes the whole content to {@code sink}, in chunks of any size. */
  void writeTo(OutputStream sink) throws IOException;
}
