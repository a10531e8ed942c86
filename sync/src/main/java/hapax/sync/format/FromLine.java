package hapax.sync.format;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line that separates the messages of an mbox: {@code From }, a sender, a date. Dates are read
 * in any order of their words; one without an offset is taken as UTC.
 *
 * @param sender the first word, possibly empty
 * @param date empty if no month, time and year can be read
 */
record FromLine(String sender, Optional<Instant> date) {
  /** Longest line that is looked at, in bytes. */
  static final int MAX_LENGTH = 512;

  /** Sender that tells that every line is quoted by the mboxrd rule. */
  static final String MBOXRD = "mboxrd@z";

  /** The same, and that the message has no line end at its end; as long as the other. */
  static final String MBOXRD_OPEN = "mboxrd@n";

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[ \\t,]+");
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");
  private static final Pattern ZONE = Pattern.compile("([+-])(\\d{2})(\\d{2})");

  private static final byte[] START = {'F', 'r', 'o', 'm', ' '};
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ROOT);

  static boolean startsAt(byte[] bytes, int at, int end) {
    if (end - at < START.length) {
      return false;
    }
    for (int i = 0; i < START.length; i++) {
      if (bytes[at + i] != START[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the message was quoted by the mboxrd rule, and nothing else is to be guessed of it. */
  boolean isMboxrd() {
    return sender.equals(MBOXRD) || sender.equals(MBOXRD_OPEN);
  }

  /** Whether the last line end before the blank line is not the message's. */
  boolean isOpen() {
    return sender.equals(MBOXRD_OPEN);
  }

  /** The line of a message that is quoted by the mboxrd rule. */
  static byte[] write(Instant date) {
    OffsetDateTime utc = date.atOffset(ZoneOffset.UTC);
    boolean writable = utc.getYear() > 999 && utc.getYear() < 10_000;
    String text = ASCTIME.format(writable ? utc : Instant.EPOCH.atOffset(ZoneOffset.UTC));
    return ("From " + MBOXRD + " " + text + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads the line {@code bytes[from, to)}, which starts with {@code From }. */
  static FromLine parse(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + MAX_LENGTH);
    String line = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    String[] words = BETWEEN_WORDS.split(line.substring(START.length).strip(), -1);
    return new FromLine(words[0], date(words));
  }

  private static Optional<Instant> date(String[] words) {
    for (int i = 1; i < words.length; i++) {
      int month = month(words[i]);
      if (month > 0) {
        Optional<Instant> date = date(words, i, month);
        if (date.isPresent()) {
          return date;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> date(String[] words, int at, int month) {
    int day = Math.max(number(words, at + 1, 2), number(words, at - 1, 2));
    int year = -1;
    int @Nullable [] time = null;
    ZoneOffset zone = ZoneOffset.UTC;
    for (int i = Math.max(1, at - 1); i < words.length; i++) {
      time = time == null ? time(words[i]) : time;
      year = year < 0 && words[i].length() == 4 ? number(words, i, 4) : year;
      zone = zone(words[i], zone);
    }
    if (day < 1 || year < 0 || time == null) {
      return Optional.empty();
    }
    try {
      LocalDateTime date = LocalDateTime.of(year, month, day, time[0], time[1], time[2]);
      return Optional.of(date.toInstant(zone));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static int month(String word) {
    return word.length() < 3
        ? 0
        : 1 + MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT));
  }

  private static int @Nullable [] time(String word) {
    Matcher time = TIME.matcher(word);
    if (!time.matches()) {
      return null;
    }
    int seconds = time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
    return new int[] {
      Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)), Math.min(seconds, 59)
    };
  }

  private static ZoneOffset zone(String word, ZoneOffset otherwise) {
    Matcher zone = ZONE.matcher(word);
    if (!zone.matches()) {
      return otherwise;
    }
    int sign = zone.group(1).equals("-") ? -1 : 1;
    int hours = Integer.parseInt(zone.group(2));
    int minutes = Integer.parseInt(zone.group(3));
    boolean known = hours < 18 && minutes < 60;
    return known ? ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes) : otherwise;
  }

  /** The number at a place of at most so many digits, or -1. */
  private static int number(String[] words, int at, int digits) {
    boolean there = at > 0 && at < words.length && words[at].length() <= digits;
    boolean number =
        there && !words[at].isEmpty() && words[at].chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Integer.parseInt(words[at]) : -1;
  }
}
