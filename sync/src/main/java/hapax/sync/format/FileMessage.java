package hapax.sync.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A file that is one message and is named by nothing but its content. */
record FileMessage(Path path) implements SourceMessage {
  @Override
  public String place() {
    return path.toString();
  }

  @Override
  public Optional<Label> label() {
    return Optional.empty();
  }

  @Override
  public LoadedMessage load(LoadBuffer buffer) throws IOException {
    return WholeFile.load(path, buffer);
  }

  @Override
  public Optional<Set<String>> flags() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(path);
  }
}
