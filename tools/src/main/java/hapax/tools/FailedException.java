package hapax.tools;

import java.io.IOException;

/** A command can not go on, for a reason told in one line that a user understands. */
final class FailedException extends IOException {
  private static final long serialVersionUID = 1;

  FailedException(String message) {
    super(message);
  }

  FailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
