package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BodyCanonTest {
  @Test
  void streamShouldEqualTheRuleHoweverTheBodyIsCutIntoWrites() throws IOException {
    Random random = new Random(6376);
    for (int i = 0; i < 20_000; i++) {
      String body =
          randomBody(random)
              + (i % 4 == 0 ? "word and word ".repeat(i % 7) + randomBody(random) : "");
      for (Canon canon : Canon.values()) {
        assertEquals(rule(canon, body), stream(canon, body, random), () -> "body " + quote(body));
      }
    }
  }

  private static String randomBody(Random random) {
    String[] bits = {"\r\n", "\r\n", " ", "\t", "a", "bc", "\r", "\n", "x y"};
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

  private static String stream(Canon canon, String body, Random random) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BodyCanon stream = new BodyCanon(canon, out)) {
      for (int at = 0; at < bytes.length; ) {
        int n = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(5) == 0 ? 80 : 6));
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
