package hapax.sync.format;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/** A message file in a Maildir, followed when it is renamed. */
final class MaildirMessage implements SourceMessage {
  private static final int RENAMES = 8;

  private final MaildirListing listing;
  private final MaildirFlags meanings;
  private String entry;
  private MaildirName name;

  MaildirMessage(MaildirListing listing, MaildirFlags meanings, String entry) {
    this.listing = listing;
    this.meanings = meanings;
    this.entry = entry;
    this.name = nameIn(entry);
  }

  private static MaildirName nameIn(String entry) {
    return MaildirName.parse(entry.substring(entry.indexOf('/') + 1));
  }

  @Override
  public String place() {
    return path().toString();
  }

  @Override
  public long delivered() {
    return name.delivered();
  }

  private Path path() {
    return listing.path(entry);
  }

  @Override
  public Optional<Label> label() throws IOException {
    BasicFileAttributes found = following(WholeFile::attributes);
    return Optional.of(new Label(name.base(), found.size(), WholeFile.date(found)));
  }

  @Override
  public LoadedMessage load(LoadBuffer buffer) throws IOException {
    return following(path -> WholeFile.load(path, buffer));
  }

  @Override
  public Optional<Set<String>> flags() {
    return Optional.of(meanings.of(name.letters()));
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(path());
  }

  /** Does something with the file, under its new name if it was renamed. */
  private <T> T following(Step<T> step) throws IOException {
    for (int renames = 0; ; renames++) {
      try {
        return step.with(path());
      } catch (NoSuchFileException gone) {
        Optional<String> now = listing.find(name.base(), entry);
        if (now.isEmpty() || renames == RENAMES) {
          throw gone;
        }
        entry = now.get();
        name = nameIn(entry);
      }
    }
  }

  private interface Step<T> {
    T with(Path path) throws IOException;
  }
}
