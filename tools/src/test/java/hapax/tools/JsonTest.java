package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void objectsShouldKeepTheOrderOfTheirNames() {
    assertEquals(
        "{\"b\":1,\"a\":[true,null,0.5,\"x\"],\"c\":{}}",
        Json.write(
            Json.object("b", 1, "a", Arrays.asList(true, null, 0.5, "x"), "c", Json.object())));
  }

  @Test
  void stringsShouldStayOnOneLineForEveryReader() {
    assertEquals(
        "\"a\\\"b\\\\c\\n\\u000d\\u0000\\u007f\\u0085\\u2028\\u2029\"",
        Json.write("a\"b\\c\n\r\0\u007f\u0085\u2028\u2029"));
  }

  @Test
  void halvesOfSurrogatePairsShouldBeReplaced() {
    assertEquals("\"a\uFFFDb\uFFFD\uD83D\uDE00\"", Json.write("a\uD800b\uDC00\uD83D\uDE00"));
  }

  @Test
  void numbersThatAreNoneShouldBeNull() {
    assertEquals("[null,null,1.0E300]", Json.write(List.of(Double.NaN, 1 / 0.0, 1e300)));
  }

  @Test
  void anyTextShouldBeReadBackBesidesHalvesOfPairs() {
    SplittableRandom random = new SplittableRandom(42);
    for (int run = 0; run < 2_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x100 : 0x11000));
      }
      String expected = text.toString().replaceAll("[\uD800-\uDFFF]", "\uFFFD");
      assertEquals(expected, JsonParser.parseString(Json.write(text)).getAsString());
    }
  }
}
