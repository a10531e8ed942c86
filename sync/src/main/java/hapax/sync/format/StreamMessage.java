package hapax.sync.format;

import hapax.reconstruct.MessageInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** The message on standard input: read once, dated now. */
record StreamMessage(InputStream stream) implements SourceMessage {
  @Override
  public String place() {
    return "standard input";
  }

  @Override
  public Optional<Label> label() {
    return Optional.empty();
  }

  @Override
  public LoadedMessage load(LoadBuffer buffer) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new LoadedMessage(new MessageInput.Stream(new Blamed(stream)), now);
  }

  @Override
  public Optional<Set<String>> flags() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }

  /** Says of a fault that it is the source's. */
  private static final class Blamed extends FilterInputStream {
    Blamed(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException failed) {
        throw new SourceException(failed);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException failed) {
        throw new SourceException(failed);
      }
    }
  }
}
