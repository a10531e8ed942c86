package hapax.sync.format;

import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Writes one folder of a Maildir: each message into {@code tmp}, then it is moved to {@code cur}.
 */
final class MaildirWriter implements TargetFolder {
  private final Path folder;
  private final Path tmp;
  private final Path cur;
  private final MaildirFlags meanings = new MaildirFlags();
  private final Set<String> withoutLetter = new ConcurrentSkipListSet<>();

  MaildirWriter(Path folder) {
    this.folder = folder;
    this.tmp = folder.resolve("tmp");
    this.cur = folder.resolve("cur");
  }

  @Override
  public boolean isOneFile() {
    return false;
  }

  @Override
  public void put(OutgoingMessage message, Text text) throws IOException {
    String base = baseOf(message);
    String letters = meanings.lettersOf(message.flags(), withoutLetter);
    NewFile.write(cur.resolve(base + ":2," + letters), tmp.resolve(base), message, text);
  }

  /** Time of delivery first, as mail programs sort by it; then what makes the name unique. */
  private static String baseOf(OutgoingMessage message) {
    long seconds = Math.max(0, message.date().getEpochSecond());
    int micros = message.date().get(ChronoField.MICRO_OF_SECOND);
    return seconds
        + (".M" + micros)
        + ("U" + message.uid())
        + ("." + message.id() + ".hapax")
        + (",S=" + message.size());
  }

  @Override
  public List<String> losses() {
    List<String> losses = new ArrayList<>();
    for (String flag : withoutLetter) {
      losses.add("flag " + flag + " is not kept: a Maildir folder has room for 26 keywords");
    }
    return losses;
  }

  @Override
  public void close() throws IOException {
    meanings.write(folder);
  }
}
