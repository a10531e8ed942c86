package hapax.reconstruct.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times of certificates and signatures, without the date formats of Java, which are slow. */
final class AsnTime {
  private static final int DIGITS = 14;

  private AsnTime() {}

  /**
   * A time as Bouncy Castle gives it out, {@code 20260501120000GMT+00:00} or with {@code Z}; empty
   * if it is no time or has another offset, which neither RFC 5280 nor RFC 5652 allows.
   */
  static Optional<Instant> instant(String text) {
    boolean digits = text.length() > DIGITS && text.chars().limit(DIGITS).allMatch(Ascii::isDigit);
    String zone = digits ? text.substring(DIGITS) : "";
    if (!zone.equals("Z") && !zone.equals("GMT+00:00")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  number(text, 0, 4),
                  number(text, 4, 6),
                  number(text, 6, 8),
                  number(text, 8, 10),
                  number(text, 10, 12),
                  number(text, 12, 14))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
