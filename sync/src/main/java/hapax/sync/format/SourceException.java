package hapax.sync.format;

import java.io.IOException;

/** A source can not be read, while it is read for the store: not the store's fault. */
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1;

  SourceException(String message) {
    super(message);
  }

  SourceException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
