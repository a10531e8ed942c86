package hapax.reconstruct.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderSinkTest {
  /** Some other bytes stand before and after what is written. */
  private static HeaderSink written(String text, int first, int others) {
    HeaderSink sink = new HeaderSink();
    byte[] bytes = ("\n\n" + text + "\n\n").getBytes(ISO_8859_1);
    for (int at = 2, count = first; at < bytes.length - 2; count = others) {
      int written = Math.min(count, bytes.length - 2 - at);
      sink.write(bytes, at, written);
      at += written;
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
    for (int first = 1; first <= text.length() + 1; first++) {
      for (int others : new int[] {1, 2, first, text.length() + 1}) {
        HeaderSink sink = written(text, first, others);
        String how = "in writes of " + first + " and " + others;
        assertEquals(ends, sink.hasEnded(), how);
        assertEquals(header, new String(sink.toByteArray(), ISO_8859_1), how);
      }
    }
  }
}
