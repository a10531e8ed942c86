package hapax.tools;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Moments as users write them. */
final class Moments {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd[['T'][ ]HH:mm[:ss[.SSS]][XXX]]");

  private Moments() {}

  /**
   * Reads {@code 2026-11-23T08:30:00Z}, {@code 2026-11-23 08:30} (local time) or {@code 2026-11-23}
   * (its start, local time).
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Instant parse(String text) {
    try {
      TemporalAccessor moment =
          FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (moment instanceof OffsetDateTime exact) {
        return exact.toInstant();
      }
      LocalDateTime local =
          moment instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) moment;
      return local.atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected a time like 2026-11-23T08:30:00Z, '2026-11-23 08:30' or 2026-11-23, found '"
              + text
              + "'",
          e);
    }
  }
}
