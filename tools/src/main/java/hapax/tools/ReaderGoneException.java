package hapax.tools;

import java.io.IOException;

/** Whoever read standard output has had enough: {@code hapax cat … | head}. */
final class ReaderGoneException extends IOException {
  private static final long serialVersionUID = 1;

  ReaderGoneException(IOException cause) {
    super("standard output is closed", cause);
  }
}
