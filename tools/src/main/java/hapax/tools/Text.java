package hapax.tools;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values as people read them; the same in every language and on one line. */
final class Text {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Text() {}

  /** {@code 26,466}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 message}, {@code 2 messages}. */
  static String count(long number, String noun) {
    String ending = noun.endsWith("x") || noun.endsWith("ch") ? "es" : "s";
    return count(number) + " " + noun + (number == 1 ? "" : ending);
  }

  /** {@code 1.92 GB}, in powers of a thousand. */
  static String bytes(long bytes) {
    if (bytes < 0) {
      return "-" + bytes(-bytes);
    }
    if (bytes < 1000) {
      return bytes + " B";
    }
    double scaled = bytes;
    int unit = -1;
    while (scaled >= 999.5 && unit < UNITS.length - 1) {
      scaled /= 1000;
      unit++;
    }
    int digits = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f %s", scaled, UNITS[unit]);
  }

  /** {@code 43.1 %} of {@code whole}. */
  static String percent(long part, long whole) {
    return whole == 0 ? "0.0 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  /** {@code 4.2 s}, {@code 3 min 07 s}, {@code 2 h 05 min}. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /** Local date and time, to the minute. */
  static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  /**
   * The text on one line and without characters that would steer a terminal: mail may say anything.
   */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isPrintable(c) ? c : '\uFFFD'));
    return out.toString();
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
