package hapax.sync;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** Log entries as text, one line each, for people. */
public final class ChangeText {
  private ChangeText() {}

  /**
   * The change whose bytes are {@code entry} on one line: when, by which replica, its number, the
   * account, what it says.
   *
   * @throws IOException if it is no change, or one that only a newer program can read
   */
  public static String of(byte[] entry) throws IOException {
    return LocalNote.isLocal(entry)
        ? escaped(LocalNote.decode(entry).text())
        : of(Change.decode(entry));
  }

  static String of(Change change) {
    String line =
        String.format(
            Locale.ROOT,
            "%s+%d %s#%d %s: %s",
            Instant.ofEpochMilli(change.stamp().millis()),
            change.time() & 0xFFFF,
            Stamp.originText(change.origin()),
            change.sequence(),
            change.account(),
            bodyText(change.body()));
    return escaped(line);
  }

  private static String bodyText(Body body) {
    Class<?> family = body.getClass().getEnclosingClass();
    return (family == null ? "" : family.getSimpleName().replace("Body", "")) + body;
  }

  private static String escaped(String line) {
    StringBuilder text = new StringBuilder(line.length());
    line.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }
}
