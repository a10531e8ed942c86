package hapax.sync.format;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One message of a source, read by one thread at a time. */
public interface SourceMessage {
  /** Where it is, for reports. */
  String place();

  /**
   * What the source calls it, with what is known without reading it; empty if only its content
   * names it.
   *
   * @throws java.nio.file.NoSuchFileException if it has vanished
   */
  Optional<Label> label() throws IOException;

  /**
   * Reads it, once more if it was read before; short messages into {@code buffer}.
   *
   * @throws java.nio.file.NoSuchFileException if it has vanished
   * @throws IOException if it can not be read, or changed while it was read
   */
  LoadedMessage load(LoadBuffer buffer) throws IOException;

  /**
   * When it was delivered, in seconds since 1970, as far as its name says; 0 if it does not. Only
   * for putting messages in order.
   */
  default long delivered() {
    return 0;
  }

  /** Its flags and keywords as last seen; empty if the format has none to tell. */
  Optional<Set<String>> flags();

  /** The file that holds just this message, if there is one. */
  Optional<Path> file();

  /**
   * A message's name in its source.
   *
   * @param identity unique in the folder, and the same at the next reading
   * @param size length in bytes
   * @param date when it arrived, in milliseconds
   */
  record Label(String identity, long size, Instant date) {}
}
