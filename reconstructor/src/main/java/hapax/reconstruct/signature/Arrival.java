package hapax.reconstruct.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When a message arrived, by the topmost Received field with a date that can be read: the
 * receiver's own server adds it, those below are older.
 */
final class Arrival {
  /** A date is short; what follows the last semicolon may be anything. */
  private static final int LONGEST_DATE = 200;

  /** Zones with names (RFC 5322 section 4.3), and two that programs write instead. */
  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("UT", "GMT"),
          Map.entry("UTC", "GMT"),
          Map.entry("Z", "GMT"),
          Map.entry("EST", "-0500"),
          Map.entry("EDT", "-0400"),
          Map.entry("CST", "-0600"),
          Map.entry("CDT", "-0500"),
          Map.entry("MST", "-0700"),
          Map.entry("MDT", "-0600"),
          Map.entry("PST", "-0800"),
          Map.entry("PDT", "-0700"));

  private Arrival() {}

  static Optional<Instant> of(HeaderBlock header) {
    return header.named("received").stream()
        .limit(1)
        .map(header::raw)
        .flatMap(value -> ofField(value).stream())
        .findFirst();
  }

  /** Comments may have semicolons, and before the last one that is none they may have no end. */
  private static Optional<Instant> ofField(String value) {
    return date(behindSemicolons(Ascii.withoutComments(value)))
        .or(() -> date(Ascii.withoutComments(behindSemicolons(value))));
  }

  private static String behindSemicolons(String value) {
    return value.substring(value.lastIndexOf(';') + 1);
  }

  /** A date as RFC 5322 writes it; its day of the week says nothing that its day does not. */
  private static Optional<Instant> date(String text) {
    if (text.length() > LONGEST_DATE) {
      return Optional.empty();
    }
    String plain = text.substring(text.indexOf(',') + 1).replaceAll("\\s+", " ").strip();
    int zone = plain.lastIndexOf(' ') + 1;
    String name = plain.substring(zone).toUpperCase(Locale.ROOT);
    String known = plain.substring(0, zone) + ZONES.getOrDefault(name, name);
    try {
      return Optional.of(
          ZonedDateTime.parse(known, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // many programs write dates in their own way
    }
  }
}
