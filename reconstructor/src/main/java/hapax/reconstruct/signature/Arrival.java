package hapax.reconstruct.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** When a message arrived, by the topmost Received field, which the receiver's own server adds. */
final class Arrival {
  /** A date is short; what follows the last semicolon may be anything. */
  private static final int LONGEST_DATE = 200;

  private Arrival() {}

  static Optional<Instant> of(HeaderBlock header) {
    List<HeaderField> received = header.named("received");
    if (received.isEmpty()) {
      return Optional.empty();
    }
    String value = header.raw(received.get(0));
    return date(value.substring(value.lastIndexOf(';') + 1));
  }

  /** A date as RFC 5322 writes it, without its comments. */
  static Optional<Instant> date(String text) {
    if (text.length() > LONGEST_DATE) {
      return Optional.empty();
    }
    String plain = text.replaceAll("\\([^()]*\\)", " ").replaceAll("\\s+", " ").strip();
    try {
      return Optional.of(
          ZonedDateTime.parse(plain, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // many programs write dates in their own way
    }
  }
}
