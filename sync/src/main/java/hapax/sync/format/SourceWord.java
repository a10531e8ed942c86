package hapax.sync.format;

import hapax.sync.format.SourceTree.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a source is named on the command line. */
final class SourceWord {
  private static final Map<String, Wanted> KINDS =
      Map.of(
          "maildir:", Wanted.MAILDIRS,
          "mbox:", Wanted.MBOXES,
          "mboxrd:", Wanted.MBOXRDS,
          "eml:", Wanted.MESSAGES);

  private SourceWord() {}

  static MailSource parse(String word, InputStream standardInput) throws IOException {
    if (word.equals("-")) {
      return new SingleSource(new SingleSource.OneMessage(new StreamMessage(standardInput)));
    }
    for (Map.Entry<String, Wanted> kind : KINDS.entrySet()) {
      if (word.startsWith(kind.getKey())) {
        return at(path(word.substring(kind.getKey().length())), kind.getValue());
      }
    }
    return at(path(word), Wanted.ANYTHING);
  }

  private static Path path(String text) throws IOException {
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw new IOException(Reasons.oneLine(text) + ": " + invalid.getReason(), invalid);
    }
  }

  private static MailSource at(Path path, Wanted wanted) throws IOException {
    if (Files.isDirectory(path)) {
      return new SourceTree(path, wanted);
    }
    if (!Files.exists(path)) {
      throw new IOException(Reasons.oneLine(path.toString()) + ": no such file or folder");
    }
    if (wanted == Wanted.MAILDIRS) {
      throw new IOException(
          Reasons.oneLine(path.toString()) + ": not a Maildir, which is a folder");
    }
    return new SingleSource(isMbox(path, wanted) ? mbox(path, wanted) : message(path));
  }

  private static boolean isMbox(Path file, Wanted wanted) throws IOException {
    return switch (wanted) {
      case MBOXES, MBOXRDS -> true;
      case MESSAGES, MAILDIRS -> false;
      case ANYTHING ->
          Files.isRegularFile(file)
              && !EmlFolder.isEml(FileNames.text(file))
              && Sniffer.look(file) == Sniffer.MBOX;
    };
  }

  private static SourceFolder mbox(Path file, Wanted wanted) {
    return SourceTree.mbox(file.toAbsolutePath().normalize(), List.of(), wanted == Wanted.MBOXRDS);
  }

  private static SourceFolder message(Path file) {
    return new SingleSource.OneMessage(new FileMessage(file));
  }
}
