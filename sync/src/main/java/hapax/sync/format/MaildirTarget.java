package hapax.sync.format;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Maildir++ tree: {@code INBOX} is its root, the others are folders in it with a dot in front.
 */
record MaildirTarget(Path root) implements MailTarget {
  private static final List<String> PARTS = List.of("cur", "new", "tmp");

  @Override
  public MailTarget ofAccount(String account) {
    return new MaildirTarget(AccountFolders.maildirOf(root, account));
  }

  private Path folder(String mailbox) {
    return mailbox.equals("INBOX")
        ? root
        : FileNames.resolve(root, LevelNames.toMaildirFolder(List.of(mailbox.split("/", -1))));
  }

  @Override
  public void check(String mailbox) throws IOException {
    Path folder = folder(mailbox);
    for (String part : PARTS) {
      requireEmpty(folder.resolve(part));
    }
    if (!folder.equals(root) && Files.isSymbolicLink(folder)) {
      throw new FileAlreadyExistsException(folder + " is a link to somewhere else");
    }
  }

  static void requireEmpty(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new FileAlreadyExistsException(folder + " is a link to somewhere else");
    }
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      if (files.iterator().hasNext()) {
        throw new FileAlreadyExistsException(
            folder.toString(), null, "is not empty; choose a new folder, nothing is overwritten");
      }
    }
  }

  @Override
  public TargetFolder open(String mailbox) throws IOException {
    Path folder = folder(mailbox);
    for (String part : PARTS) {
      Files.createDirectories(folder.resolve(part));
    }
    if (!folder.equals(root)) {
      Path mark = folder.resolve("maildirfolder");
      if (!Files.exists(mark)) {
        Files.createFile(mark);
      }
    }
    return new MaildirWriter(folder);
  }
}
