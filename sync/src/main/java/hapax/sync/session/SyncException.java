package hapax.sync.session;

import java.io.IOException;

/** Two stores can not go on talking; says why in one line. */
public final class SyncException extends IOException {
  private static final long serialVersionUID = 1;

  public SyncException(String message) {
    super(message);
  }

  public SyncException(String message, Throwable cause) {
    super(message, cause);
  }
}
