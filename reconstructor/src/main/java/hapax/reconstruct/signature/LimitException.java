package hapax.reconstruct.signature;

import java.io.IOException;

/** A limit on what a message may cost was reached; the message says which. */
final class LimitException extends IOException {
  LimitException(String message) {
    super(message);
  }
}
