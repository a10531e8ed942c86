package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A blob's content on its way in: can be written out any number of times, the same bytes each time.
 */
@FunctionalInterface
public interface Content {
  /** Content in an array that nobody changes any more: if it is small, it is not copied. */
  static Content of(byte[] bytes) {
    return new HeldContent(bytes);
  }

  /** Writes the whole content to {@code sink}, in chunks of any size. */
  void writeTo(OutputStream sink) throws IOException;
}
