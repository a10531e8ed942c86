package hapax.sync.format;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a Maildir's {@code new} and {@code cur}, now and again: mail programs rename a
 * message when its flags change, so a name that is gone may have got a new one.
 *
 * <p>An entry is {@code new/} or {@code cur/} and the file's name. A name that the locale can not
 * write is kept aside with its path.
 */
final class MaildirListing {
  /** How long a look at the folder is good for finding that a message is not there. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private static final int LOOKS = 4;

  /** Names that a look remembers, besides the one that it was for: some 20 MB. */
  private static final int REMEMBERED = 50_000;

  private final Path folder;
  private final int remembered;
  private final Map<String, Path> unwritable = new HashMap<>();
  private @Nullable Look last;
  private @Nullable Look lastButOne;

  MaildirListing(Path folder) {
    this(folder, REMEMBERED);
  }

  /** A listing whose looks remember so many names. */
  MaildirListing(Path folder, int remembered) {
    this.folder = folder;
    this.remembered = remembered;
  }

  /**
   * What a look showed.
   *
   * @param entries by their bases; those of a large folder are not all here
   * @param sought the base that the look was for, which is here if it was there
   */
  private record Look(Map<String, String> entries, String sought, boolean all, long nanos) {
    boolean isWithout(String base, long now) {
      boolean told = all || base.equals(sought);
      return told && !entries.containsKey(base) && now - nanos < FRESH.toNanos();
    }
  }

  /** Shows every entry, in no order. */
  void forEach(Consumer<String> entries) throws IOException {
    list("new/", entries);
    list("cur/", entries);
  }

  private void list(String part, Consumer<String> entries) throws IOException {
    Path directory = folder.resolve(part);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".")) {
          entries.accept(part + (FileNames.isPlain(file) ? name : keepAside(part, file)));
        }
      }
    } catch (NoSuchFileException none) {
      // A Maildir whose new or cur was never made has no messages there.
      return;
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
  }

  private synchronized String keepAside(String part, Path file) {
    String name = FileNames.text(file);
    unwritable.put(part + name, file);
    return name;
  }

  synchronized Path path(String entry) {
    Path aside = unwritable.isEmpty() ? null : unwritable.get(entry);
    return aside != null ? aside : folder.resolve(entry);
  }

  /**
   * The entry that a message has now whose entry {@code gone} is not there any more. It has
   * vanished if two looks at the folder do not show it; one may miss it while it is renamed.
   */
  synchronized Optional<String> find(String base, String gone) throws IOException {
    for (int look = 0; look < LOOKS; look++) {
      String entry = last == null ? null : last.entries().get(base);
      if (entry != null && (look > 0 || !entry.equals(gone))) {
        return Optional.of(entry);
      }
      long now = System.nanoTime();
      if (last != null
          && lastButOne != null
          && last.isWithout(base, now)
          && lastButOne.isWithout(base, now)) {
        return Optional.empty();
      }
      lastButOne = last;
      last = look(base);
    }
    return Optional.empty();
  }

  private Look look(String sought) throws IOException {
    Map<String, String> entries = new HashMap<>();
    boolean[] all = {true};
    forEach(
        entry -> {
          String base = MaildirName.parse(entry.substring(4)).base();
          if (entries.size() < remembered || base.equals(sought)) {
            entries.put(base, entry);
          } else {
            all[0] = false;
          }
        });
    return new Look(entries, sought, all[0], System.nanoTime());
  }
}
