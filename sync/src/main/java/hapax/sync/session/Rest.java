package hapax.sync.session;

import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.Map;

/** Changes that were made here since the session began. */
interface Rest {
  /**
   * Whether any is to be sent.
   *
   * @param knewTheSame whether the peer knew the same when new UIDs were given here, and so gave
   *     the same; then these are not needed
   */
  boolean isNeeded(boolean knewTheSame) throws IOException;

  /**
   * Has the cutter go on with them.
   *
   * @param acknowledged what the peer was told and has made durable, by account
   */
  void begin(Map<String, VersionVector> acknowledged) throws IOException;
}
