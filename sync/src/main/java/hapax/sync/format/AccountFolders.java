package hapax.sync.format;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A folder with the Maildirs of many accounts: {@code DIR/jane/Maildir}, {@code DIR/jane} that is a
 * Maildir itself, and {@code DIR/example.org/jane}, either way, for {@code jane@example.org}.
 */
public final class AccountFolders {
  private static final String MAILDIR = "Maildir";

  private AccountFolders() {}

  /**
   * An account's mail.
   *
   * @param account its name
   */
  public record AccountSource(String account, MailSource source) {}

  /**
   * The accounts in a folder, sorted by name of their folders; a folder in it without a Maildir is
   * told to {@code problems}.
   *
   * @throws IOException if the folder itself can not be read
   */
  public static List<AccountSource> list(Path folder, Problems problems) throws IOException {
    List<AccountSource> accounts = new ArrayList<>();
    for (Path child : folders(folder)) {
      if (!addAccount(child, "", accounts)) {
        addDomain(child, accounts, problems);
      }
    }
    return accounts;
  }

  /** The folder in which the Maildir of an account goes. */
  static Path maildirOf(Path folder, String account) {
    return FileNames.resolve(folder, LevelNames.toTreeLevel(account)).resolve(MAILDIR);
  }

  private static void addDomain(Path folder, List<AccountSource> accounts, Problems problems) {
    String domain = "@" + LevelNames.ofTreeLevel(FileNames.text(folder));
    int before = accounts.size();
    try {
      for (Path child : folders(folder)) {
        addAccount(child, domain, accounts);
      }
      if (accounts.size() == before) {
        problems.skipped(folder.toString(), "no Maildir in it");
      }
    } catch (IOException unreadable) {
      problems.failed(folder.toString(), Reasons.of(unreadable));
    }
  }

  private static boolean addAccount(Path folder, String domain, List<AccountSource> accounts) {
    Path inside = folder.resolve(MAILDIR);
    boolean nested = Files.isDirectory(inside);
    if (!nested && !MaildirFolder.isMaildir(folder)) {
      return false;
    }
    String name = LevelNames.ofTreeLevel(FileNames.text(folder)) + domain;
    Path maildir = nested ? inside : folder;
    accounts.add(new AccountSource(name, new SourceTree(maildir, SourceTree.Wanted.MAILDIRS)));
    return true;
  }

  private static List<Path> folders(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(
            folder, f -> Files.isDirectory(f) && !FileNames.text(f).startsWith("."))) {
      stream.forEach(folders::add);
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    folders.sort(Comparator.naturalOrder());
    return folders;
  }
}
