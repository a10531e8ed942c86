package hapax.reconstruct.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderSinkTest {
  /** Some other bytes stand before and after what is written. */
  private static HeaderSink written(String text, int inOneGo) {
    HeaderSink sink = new HeaderSink();
    byte[] bytes = ("\n\n" + text + "\n\n").getBytes(ISO_8859_1);
    for (int at = 2; at < bytes.length - 2; at += inOneGo) {
      sink.write(bytes, at, Math.min(inOneGo, bytes.length - 2 - at));
    }
    return sink;
  }

  @ParameterizedTest
  @CsvSource({
    "A: b||",
    "A: b|||c",
    "A: b/||c||",
    "A: b/|/||c",
    "A: b/|/|c||",
    "|A: b",
    "/|A: b||",
    "A: b|/x|||c",
    "A: b",
    "A: b|",
    "A: b/|/",
    "''",
  })
  void headerShouldEndBehindTheFirstBlankLineHoweverItComes(String pattern) {
    String text = pattern.replace('|', '\n').replace('/', '\r');
    String lines = "\n" + text;
    int feeds = lines.indexOf("\n\n");
    int returns = lines.indexOf("\n\r\n");
    boolean ends = feeds >= 0 || returns >= 0;
    boolean byFeed = feeds >= 0 && (returns < 0 || feeds < returns);
    int end = byFeed ? feeds + 1 : returns + 2;
    String header = ends ? text.substring(0, end) : text;
    for (int inOneGo = 1; inOneGo <= text.length() + 1; inOneGo++) {
      HeaderSink sink = written(text, inOneGo);
      assertEquals(ends, sink.hasEnded(), "in writes of " + inOneGo);
      assertEquals(header, new String(sink.toByteArray(), ISO_8859_1), "in writes of " + inOneGo);
    }
  }
}
