package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.james.mime4j.MimeException;
import org.junit.jupiter.api.Test;

/** Well-formed mail of any nesting: our leaves are Mime4j's raw bodies. */
class GeneratedMailTest {
  private final Random random = new Random(61);
  private int boundaries;

  @Test
  void leavesShouldBeThoseOfMime4j() throws IOException, MimeException {
    for (int round = 0; round < 1500; round++) {
      String eol = random.nextBoolean() ? "\n" : "\r\n";
      String message = "Subject: x" + eol + entity(random.nextInt(5), eol);
      byte[] bytes = Splits.bytes(message);
      List<String> expected =
          Mime4jLeaves.of(bytes).stream()
              .map(leaf -> new String(leaf, StandardCharsets.ISO_8859_1))
              .toList();
      assertEquals(expected, Splits.texts(Splits.of(bytes, Splits.ALL), message), message);
    }
  }

  /** Fields, blank line and body. */
  private String entity(int depth, String eol) {
    int kind = depth == 0 ? 3 : random.nextInt(4);
    return switch (kind) {
      case 0, 1 -> multipart(depth, eol);
      case 2 -> "Content-Type: message/rfc822" + eol + eol + "A: b" + eol + entity(depth - 1, eol);
      default -> leaf(eol);
    };
  }

  private String multipart(int depth, String eol) {
    String boundary = boundary();
    boolean digest = random.nextInt(6) == 0;
    StringBuilder text = new StringBuilder();
    text.append("Content-Type: multipart/").append(digest ? "digest" : "mixed").append(";");
    text.append(random.nextBoolean() ? eol + "\t" : " ").append("boundary=\"").append(boundary);
    text.append('"').append(eol).append(eol).append(random.nextBoolean() ? "preamble" + eol : "");
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append("--").append(boundary).append(random.nextInt(5) == 0 ? "  " : "").append(eol);
      text.append(entity(depth - 1, eol)).append(eol);
    }
    text.append("--").append(boundary).append("--").append(eol);
    return text.append(random.nextBoolean() ? "epilogue" + eol : "").toString();
  }

  private String boundary() {
    String[] forms = {"b%d", "=_%d", "----=_Part_%d", "a b %d", "%d'()+_,-./:=?"};
    return String.format(forms[random.nextInt(forms.length)], 1000 + boundaries++);
  }

  private String leaf(String eol) {
    StringBuilder text = new StringBuilder();
    text.append("Content-Type: text/plain").append(eol);
    text.append(random.nextInt(3) == 0 ? "Content-Transfer-Encoding: base64" + eol : "");
    text.append(eol);
    String[] lines = {
      "text", "", "--", "-- ", "--b", "--=_", "-----", "\r", "a--b", "Content-Type: x"
    };
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(lines[random.nextInt(lines.length)]).append(eol);
    }
    return text.append(random.nextBoolean() ? "end" : "").toString();
  }
}
