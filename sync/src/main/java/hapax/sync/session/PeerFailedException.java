package hapax.sync.session;

import java.io.IOException;

/** The peer has given up, and said why. */
final class PeerFailedException extends IOException {
  private static final long serialVersionUID = 1;

  PeerFailedException(String reason) {
    super("the peer says: " + reason);
  }
}
