package hapax.sync.format;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A folder and what is in it: Maildirs with their subfolders, mbox files, folders of single
 * messages, each recognised where it is met. Every real folder is visited once, whatever links lead
 * to it. Hidden files are left out, but for the folders of Maildir++.
 */
final class SourceTree implements MailSource {
  /** Files that mail programs keep beside mailboxes, and endings of such. */
  private static final Set<String> INDEX_ENDINGS = Set.of(".msf", ".index", ".cache", ".log");

  private final Path root;
  private final Wanted wanted;
  private final List<SourceFolder> found = new ArrayList<>();
  private final Set<Path> visited = new HashSet<>();

  /** What is looked for. */
  enum Wanted {
    ANYTHING,
    MAILDIRS,
    MBOXES,
    MBOXRDS,
    MESSAGES
  }

  SourceTree(Path root, Wanted wanted) {
    this.root = root;
    this.wanted = wanted;
  }

  @Override
  public List<SourceFolder> folders(Problems problems) throws IOException {
    found.clear();
    visited.clear();
    visit(root, List.of(), problems);
    return List.copyOf(found);
  }

  /** What is in a folder, by name. */
  static List<Path> list(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(folder, file -> !FileNames.text(file).startsWith("."))) {
      stream.forEach(files::add);
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private void visit(Path folder, List<String> levels, Problems problems) throws IOException {
    if (!visited.add(folder.toRealPath())) {
      return;
    }
    boolean maildirs = wanted == Wanted.ANYTHING || wanted == Wanted.MAILDIRS;
    if (!maildirs) {
      visitPlain(folder, levels, problems);
    } else if (MaildirFolder.isMaildir(folder)) {
      found.add(new MaildirFolder(folder, levels));
      visitInMaildir(folder, levels, problems);
    } else if (hasMaildirFolders(folder)) {
      visitInMaildir(folder, levels, problems);
    } else {
      visitPlain(folder, levels, problems);
    }
  }

  /** Whether a folder is the root of a Maildir++ tree that has no INBOX in it. */
  private static boolean hasMaildirFolders(Path folder) throws IOException {
    return folders(folder).stream()
        .anyMatch(f -> FileNames.text(f).startsWith(".") && MaildirFolder.isMaildir(f));
  }

  /** Subfolders of a Maildir: {@code .A.B} of Maildir++, or Maildirs nested as folders. */
  private void visitInMaildir(Path folder, List<String> levels, Problems problems)
      throws IOException {
    for (Path child : folders(folder)) {
      String name = FileNames.text(child);
      boolean part = name.equals("cur") || name.equals("new") || name.equals("tmp");
      if (part) {
        continue;
      }
      List<String> below =
          name.startsWith(".")
              ? LevelNames.ofMaildirFolder(name.substring(1))
              : List.of(LevelNames.ofMaildirLevel(name));
      tryVisit(child, join(levels, below), problems, true);
    }
  }

  private void visitPlain(Path folder, List<String> levels, Problems problems) throws IOException {
    boolean messages = false;
    List<Path> children = list(folder);
    for (Path child : children) {
      if (!Files.isDirectory(child)) {
        messages |= !addMbox(child, levels, problems);
      }
    }
    boolean wantsMessages = wanted == Wanted.ANYTHING || wanted == Wanted.MESSAGES;
    if (messages && wantsMessages) {
      found.add(new EmlFolder(folder, levels, wanted == Wanted.MESSAGES));
    }
    for (Path child : children) {
      if (Files.isDirectory(child)) {
        String name = FileNames.text(child);
        boolean thunderbird = name.endsWith(".sbd");
        String stem = thunderbird ? name.substring(0, name.length() - 4) : name;
        String level =
            MaildirFolder.isMaildir(child)
                ? LevelNames.ofMaildirLevel(stem)
                : LevelNames.ofTreeLevel(stem);
        tryVisit(child, join(levels, List.of(level)), problems, false);
      }
    }
  }

  /** One folder that can not be read does not keep the others from being read. */
  private void tryVisit(Path folder, List<String> levels, Problems problems, boolean inMaildir) {
    try {
      if (!inMaildir || MaildirFolder.isMaildir(folder)) {
        visit(folder, levels, problems);
      } else if (visited.add(folder.toRealPath())) {
        visitInMaildir(folder, levels, problems);
      }
    } catch (IOException unreadable) {
      problems.failed(folder.toString(), Reasons.of(unreadable));
    }
  }

  /** Whether a file need not be looked at as a message: it is an mbox, or bookkeeping. */
  private boolean addMbox(Path file, List<String> levels, Problems problems) {
    String name = FileNames.text(file);
    if (wanted == Wanted.MAILDIRS || wanted == Wanted.MESSAGES || EmlFolder.isEml(name)) {
      return false;
    }
    if (INDEX_ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
      return true;
    }
    try {
      Sniffer kind = Sniffer.look(file);
      boolean emptyMbox = kind == Sniffer.EMPTY && endingOf(name) > 0;
      if (kind == Sniffer.MBOX || emptyMbox) {
        found.add(mbox(file, levels, wanted == Wanted.MBOXRDS));
        return true;
      }
      if (wanted != Wanted.ANYTHING && kind != Sniffer.EMPTY) {
        problems.skipped(file.toString(), "does not look like an mbox");
      }
      return false;
    } catch (IOException unreadable) {
      problems.failed(file.toString(), Reasons.of(unreadable));
      return true;
    }
  }

  /** The mailbox that an mbox file is, by its name without ending. */
  static MboxFolder mbox(Path file, List<String> levels, boolean mboxrd) {
    String name = FileNames.text(file);
    String level = name.substring(0, name.length() - endingOf(name));
    return new MboxFolder(file, join(levels, List.of(LevelNames.ofTreeLevel(level))), mboxrd);
  }

  private static int endingOf(String name) {
    for (String ending : List.of(".mbox", ".mboxrd", ".mbx")) {
      int at = name.length() - ending.length();
      if (at > 0 && name.regionMatches(true, at, ending, 0, ending.length())) {
        return ending.length();
      }
    }
    return 0;
  }

  private static List<Path> folders(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
      stream.forEach(folders::add);
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    folders.sort(Comparator.naturalOrder());
    return folders;
  }

  private static List<String> join(List<String> levels, List<String> below) {
    List<String> all = new ArrayList<>(levels);
    all.addAll(below);
    return all;
  }
}
