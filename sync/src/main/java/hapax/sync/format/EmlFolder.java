package hapax.sync.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of files that are one message each.
 *
 * @param all whether every file is taken for a message, or only what looks like one
 */
record EmlFolder(Path path, List<String> levels, boolean all) implements SourceFolder {
  EmlFolder {
    levels = List.copyOf(levels);
  }

  /** Whether a file has the ending of a message. */
  static boolean isEml(String name) {
    return name.regionMatches(true, name.length() - 4, ".eml", 0, 4);
  }

  @Override
  public String place() {
    return path.toString();
  }

  @Override
  public void messages(RunTaker taker, Problems problems) throws IOException {
    List<SourceMessage> run = new ArrayList<>();
    for (Path file : SourceTree.list(path)) {
      if (isMessage(file, problems)) {
        run.add(new FileMessage(file));
      }
      if (run.size() == RUN_LENGTH) {
        taker.run(run);
        run = new ArrayList<>();
      }
    }
    if (!run.isEmpty()) {
      taker.run(run);
    }
  }

  private boolean isMessage(Path file, Problems problems) {
    if (Files.isDirectory(file)) {
      return false;
    }
    if (all || isEml(FileNames.text(file))) {
      return true;
    }
    try {
      Sniffer kind = Sniffer.look(file);
      if (kind == Sniffer.OTHER) {
        problems.skipped(file.toString(), "does not look like a message");
      }
      return kind == Sniffer.MESSAGE;
    } catch (IOException unreadable) {
      problems.failed(file.toString(), Reasons.of(unreadable));
      return false;
    }
  }

  @Override
  public long count() throws IOException {
    return SourceTree.list(path).stream().filter(f -> all || isEml(FileNames.text(f))).count();
  }
}
