package hapax.sync.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One Maildir: the folder of {@code cur}, {@code new} and {@code tmp}. */
record MaildirFolder(Path path, List<String> levels) implements SourceFolder {
  private static final int PART_LENGTH = 4;
  private static final Comparator<String> BY_DELIVERY =
      (a, b) -> MaildirName.compareByDelivery(a, PART_LENGTH, b, PART_LENGTH);

  MaildirFolder {
    levels = List.copyOf(levels);
  }

  static boolean isMaildir(Path folder) {
    return Files.isDirectory(folder.resolve("cur")) || Files.isDirectory(folder.resolve("new"));
  }

  @Override
  public String place() {
    return path.toString();
  }

  @Override
  public void messages(RunTaker taker, Problems problems) throws IOException {
    MaildirFlags meanings = MaildirFlags.read(path);
    MaildirListing listing = new MaildirListing(path);
    List<String> entries = new ArrayList<>();
    listing.forEach(entries::add);
    entries.sort(BY_DELIVERY);
    List<SourceMessage> run = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (i + 1 == entries.size() || !isSameMessage(entries.get(i), entries.get(i + 1))) {
        run.add(new MaildirMessage(listing, meanings, entries.get(i)));
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

  @Override
  public boolean isByDelivery() {
    return true;
  }

  /** Whether a message shows twice because it went from new to cur between two looks. */
  private static boolean isSameMessage(String entry, String next) {
    String base = MaildirName.parse(entry.substring(PART_LENGTH)).base();
    return next.startsWith(base, PART_LENGTH)
        && MaildirName.parse(next.substring(PART_LENGTH)).base().equals(base);
  }

  @Override
  public long count() throws IOException {
    long[] count = new long[1];
    new MaildirListing(path).forEach(entry -> count[0]++);
    return count[0];
  }
}
