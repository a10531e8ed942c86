package hapax.sync.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The messages of a folder one after another, in the order of their delivery. */
public interface DeliveredMessages {
  /**
   * The next message; null at the end.
   *
   * @throws IOException if the list of messages can not be read; nothing more is to come then
   */
  @Nullable SourceMessage next() throws IOException;

  /** How many names of messages are held in memory at this time. */
  int held();
}
