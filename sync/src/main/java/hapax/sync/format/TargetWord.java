package hapax.sync.format;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** How a target is named on the command line. */
final class TargetWord {
  private TargetWord() {}

  static MailTarget parse(String word) {
    int colon = word.indexOf(':');
    String kind = colon < 0 ? "" : word.substring(0, colon);
    return switch (kind) {
      case "maildir" -> new MaildirTarget(path(word.substring(colon + 1)));
      case "mbox" -> new MboxTarget(path(word.substring(colon + 1)));
      case "eml" -> new EmlTarget(path(word.substring(colon + 1)));
      default ->
          throw new IllegalArgumentException(
              Reasons.oneLine(word) + ": expected maildir:DIR, mbox:DIR or eml:DIR");
    };
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException(
          Reasons.oneLine(text) + ": " + invalid.getReason(), invalid);
    }
  }
}
