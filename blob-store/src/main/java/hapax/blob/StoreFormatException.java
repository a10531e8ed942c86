package hapax.blob;

import java.io.IOException;

/** The store was written by a newer version of the program, or is no store at all. */
public final class StoreFormatException extends IOException {
  private static final long serialVersionUID = 1;

  public StoreFormatException(String message) {
    super(message);
  }
}
