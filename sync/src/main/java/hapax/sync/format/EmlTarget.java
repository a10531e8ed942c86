package hapax.sync.format;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A tree of folders with a file for each message: {@code Lists/java/000123.eml}. */
record EmlTarget(Path root) implements MailTarget {
  @Override
  public MailTarget ofAccount(String account) {
    return new EmlTarget(FileNames.resolve(root, LevelNames.toTreeLevel(account)));
  }

  /** The folder of some levels below another. */
  static Path folder(Path root, List<String> levels) {
    Path folder = root;
    for (String level : levels) {
      folder = FileNames.resolve(folder, LevelNames.toTreeLevel(level));
    }
    return folder;
  }

  private Path folder(String mailbox) {
    return folder(root, List.of(mailbox.split("/", -1)));
  }

  @Override
  public void check(String mailbox) throws IOException {
    Path folder = folder(mailbox);
    requireInside(root, folder);
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> !Files.isDirectory(file))) {
      for (Path file : files) {
        throw new FileAlreadyExistsException(
            file.toString(), null, "is there already; choose a new folder, nothing is overwritten");
      }
    }
  }

  /** Makes sure that no link leads elsewhere on the way from one folder down to another. */
  static void requireInside(Path root, Path folder) throws IOException {
    for (Path at = folder; at != null && !at.equals(root); at = at.getParent()) {
      if (Files.isSymbolicLink(at)) {
        throw new FileAlreadyExistsException(at + " is a link to somewhere else");
      }
    }
  }

  @Override
  public TargetFolder open(String mailbox) throws IOException {
    Path folder = folder(mailbox);
    Files.createDirectories(folder);
    return new Writer(folder);
  }

  /** Writes one folder. */
  private record Writer(Path folder) implements TargetFolder {
    @Override
    public boolean isOneFile() {
      return false;
    }

    @Override
    public void put(OutgoingMessage message, Text text) throws IOException {
      String name = String.format(Locale.ROOT, "%06d.eml", message.uid());
      NewFile.write(folder.resolve(name), folder.resolve("." + name + ".part"), message, text);
    }

    @Override
    public List<String> losses() {
      return List.of();
    }

    /** Every file is complete already. */
    @Override
    public void close() {}
  }
}
