package hapax.reconstruct.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalTest {
  private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

  private static Optional<Instant> arrival(String... received) {
    StringBuilder header = new StringBuilder("From: a@example.org\r\n");
    for (String field : received) {
      header.append("Received: from a by b; ").append(field).append("\r\n");
    }
    return Arrival.of(HeaderBlock.of(header.append("\r\n").toString().getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mon, 23 Nov 2026 10:00:00 +0000",
        "23 Nov 2026 10:00:00 -0000 (UTC)",
        "Mon, 23 Nov 2026 19:00:00 +0900",
        "Mon, 23 Nov 2026 10:00 GMT",
        "Mon, 23 Nov 2026 10:00:00 UT",
        "Mon, 23 Nov 2026 10:00:00 utc",
        "Mon, 23 Nov 2026 10:00:00 Z",
        "Mon, 23 Nov 2026 05:00:00 EST",
        "Mon, 23 Nov 2026 03:00:00 PDT",
        "Fri, 23 Nov 2026 10:00:00 +0000",
        "Mon, 23 Nov 2026 10:00:00 +0000 (UTC (really))",
        "Mon, 23 Nov 2026 10:00:00 +0000 (first; then)",
        "Mon, 23 Nov 2026 10:00:00 +0000 (a \\) in it)",
        "Mon,\r\n 23 Nov 2026\r\n 10:00:00 +0000"
      })
  void dateShouldBeReadAsItIsWritten(String date) {
    assertEquals(Optional.of(TEN), arrival(date));
  }

  /** Whoever sent the message may have written the fields below. */
  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "Mon, 32 Nov 2026 10:00:00 +0000", "(", ",", ";"})
  void dateThatCanNotBeReadShouldNotBeTakenFromElsewhere(String date) {
    assertEquals(Optional.empty(), arrival(date, "Mon, 23 Nov 2026 10:00:00 +0000"));
  }

  @Test
  void commentWithoutEndShouldNotHideTheDate() {
    assertEquals(Optional.of(TEN), arrival("for (nobody; Mon, 23 Nov 2026 10:00:00 +0000 (UTC)"));
  }

  @Test
  void topmostFieldShouldCount() {
    assertEquals(
        Optional.of(TEN),
        arrival("Mon, 23 Nov 2026 10:00:00 +0000", "Mon, 23 Nov 2026 09:00:00 +0000"));
    assertEquals(Optional.empty(), arrival());
  }
}
