package hapax.reconstruct;

import hapax.blob.Intake;
import java.io.IOException;

/** What is to be said about a message in the same unit of work that takes it in. */
@FunctionalInterface
public interface Announcement {
  /** Called once, after the message's record was put and before the unit closes. */
  void announce(Intake unit, Delivered message) throws IOException;
}
