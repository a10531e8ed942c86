package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Messages for tests, and short ways to check them. */
final class Messages {
  /** The time at which tests check, unless they say otherwise. */
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private Messages() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] crlf(String text) {
    return bytes(text.replace("\r\n", "\n").replace("\n", "\r\n"));
  }

  static List<Verdict> check(Keys keys, byte[] message) {
    return check(keys, message, NOW);
  }

  static List<Verdict> check(Keys keys, byte[] message, Instant now) {
    try {
      return new SignatureCheck(keys, Clock.fixed(now, ZoneOffset.UTC))
          .check(ByteSource.of(message, message.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Keys keys(String text) {
    try {
      return Keys.of(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Answer answer(Verdict verdict, Aspect aspect) {
    return verdict.finding(aspect).orElseThrow().answer();
  }
}
