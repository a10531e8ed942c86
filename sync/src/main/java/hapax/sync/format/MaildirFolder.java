package hapax.sync.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One Maildir: the folder of {@code cur}, {@code new} and {@code tmp}. */
record MaildirFolder(Path path, List<String> levels) implements SourceFolder {
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
    DeliveredMessages messages = inOrder();
    List<SourceMessage> run = new ArrayList<>();
    for (@Nullable SourceMessage next = messages.next(); next != null; next = messages.next()) {
      run.add(next);
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
  public Optional<DeliveredMessages> byDelivery() throws IOException {
    return Optional.of(inOrder());
  }

  private DeliveredMessages inOrder() throws IOException {
    return new MaildirNames(
        new MaildirListing(path), MaildirFlags.read(path), MaildirNames.MOST_HELD);
  }

  @Override
  public long count() throws IOException {
    long[] count = new long[1];
    new MaildirListing(path).forEach(entry -> count[0]++);
    return count[0];
  }
}
