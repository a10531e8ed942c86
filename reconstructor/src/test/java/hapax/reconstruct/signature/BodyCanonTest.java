package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

final class BodyCanonTest {
  @Test
  void streamShouldEqualTheRuleHoweverTheBodyIsCutIntoWrites() throws IOException {
    Random random = new Random(6376);
    for (int i = 0; i < 20_000; i++) {
      String body =
          randomBody(random)
              + (i % 4 == 0 ? "word and word ".repeat(i % 7) + randomBody(random) : "");
      assertRule(body, at -> 1 + random.nextInt(random.nextInt(5) == 0 ? 80 : 6));
    }
  }

  /** Every place for a cut, and bodies about as long as a chunk that line feeds make longer. */
  @Test
  void streamShouldEqualTheRuleWithACutAtEveryByte() throws IOException {
    Random random = new Random(344);
    for (int i = 0; i < 200; i++) {
      String body =
          randomBody(random) + "a line of some words\n".repeat(i % 3) + randomBody(random);
      for (int cut = 1; cut <= body.length(); cut++) {
        int first = cut;
        assertRule(body, at -> at == 0 ? first : body.length());
      }
    }
    String line = "x".repeat(69) + "\n";
    for (int length = 16_250; length < 16_420; length++) {
      String filler = line.repeat(length / line.length());
      String body = filler + "y".repeat(length % line.length()) + randomBody(random) + filler;
      assertRule(body, at -> body.length());
    }
  }

  private static void assertRule(String body, IntUnaryOperator cuts) throws IOException {
    for (Canon canon : Canon.values()) {
      for (LineEnds ends : LineEnds.values()) {
        String text = ends == LineEnds.CRLF ? body.replaceAll("(?<!\r)\n", "\r\n") : body;
        assertEquals(
            rule(canon, text), stream(canon, ends, body, cuts), () -> ends + " " + quote(body));
      }
    }
  }

  private static String randomBody(Random random) {
    String[] bits = {"\r\n", "\r\n", " ", "\t", "a", "bc", "\r", "\n", "x y", "\0\f", "\u00a0"};
    StringBuilder out = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      out.append(bits[random.nextInt(bits.length)]);
    }
    return out.toString();
  }

  /** RFC 6376 sections 3.4.3 and 3.4.4, word by word. */
  private static String rule(Canon canon, String body) {
    String text = body;
    if (canon == Canon.RELAXED) {
      text = text.replaceAll("[ \t]+(?=\r\n|\\z)", "").replaceAll("[ \t]+", " ");
    }
    while (text.endsWith("\r\n")) {
      text = text.substring(0, text.length() - 2);
    }
    return text.isEmpty() && canon == Canon.RELAXED ? "" : text + "\r\n";
  }

  /**
   * What the stream makes of the body.
   *
   * @param cuts how many bytes the write that begins at a place has at most
   */
  private static String stream(Canon canon, LineEnds ends, String body, IntUnaryOperator cuts)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BodyCanon stream = new BodyCanon(canon, ends, out)) {
      for (int at = 0; at < bytes.length; ) {
        int n = Math.min(bytes.length - at, cuts.applyAsInt(at));
        stream.write(bytes, at, n);
        at += n;
      }
      stream.end();
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String quote(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }
}
