package hapax.blob;

import java.io.IOException;

/** Another process has the store open. */
public final class StoreInUseException extends IOException {
  private static final long serialVersionUID = 1;

  public StoreInUseException(String message) {
    super(message);
  }
}
