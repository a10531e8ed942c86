package hapax.sync.format;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** A tree of folders with an mbox for each mailbox: {@code Lists/java.mbox}. */
record MboxTarget(Path root) implements MailTarget {
  @Override
  public MailTarget ofAccount(String account) {
    return new MboxTarget(FileNames.resolve(root, LevelNames.toTreeLevel(account)));
  }

  private Path folder(String mailbox) {
    List<String> levels = levels(mailbox);
    return EmlTarget.folder(root, levels.subList(0, levels.size() - 1));
  }

  private static String name(String mailbox) {
    List<String> levels = levels(mailbox);
    return LevelNames.toTreeLevel(levels.get(levels.size() - 1)) + ".mbox";
  }

  private static List<String> levels(String mailbox) {
    return List.of(mailbox.split("/", -1));
  }

  @Override
  public void check(String mailbox) throws IOException {
    Path folder = folder(mailbox);
    EmlTarget.requireInside(root, folder);
    requireAbsent(FileNames.resolve(folder, name(mailbox)));
    requireAbsent(FileNames.resolve(folder, name(mailbox) + MboxWriter.PART));
  }

  private static void requireAbsent(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "is there already; choose a new folder, nothing is overwritten");
    }
  }

  @Override
  public TargetFolder open(String mailbox) throws IOException {
    Path folder = folder(mailbox);
    Files.createDirectories(folder);
    return new MboxWriter(folder, name(mailbox));
  }
}
