package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.mime.Recipe.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecipeTest {
  /** The worked example of {@code doc/recipe.md}: 46 + 34 + 500 + 20 bytes. */
  private static Recipe example() throws IOException {
    byte[] text = Splits.bytes("QUJDREVG\r\n".repeat(3) + "R0g=");
    Base64Shape shape = RoundTrip.of(text).shape();
    return new Recipe(
        600,
        40,
        List.of(
            new Segment.Literal(46),
            new Segment.Blob(0, 20, shape),
            new Segment.Blob(1, 500, new AsIs()),
            new Segment.Literal(20)));
  }

  private static byte[] exampleBytes() {
    return HexFormat.of()
        .parseHex(
            "01" // version
                + "d804" // length 600
                + "28" // head length 40
                + "04" // four segments
                + "00" // literal
                + "2e" // 46 bytes
                + "02" // base64 blob
                + "00" // number 0
                + "14" // content of 20 bytes
                + "08" // shape of 8 bytes
                + "f0" // … run
                + "01" // … of gap 1, CR LF
                + "08" // … width 8
                + "03" // … three rows
                + "03" // … a single row with gap 3, "="
                + "03" // … width 3
                + "f3" // … the stretch ends
                + "00" // … with bits 0
                + "01" // blob as is
                + "01" // number 1
                + "f403" // content of 500 bytes
                + "00" // literal
                + "14"); // 20 bytes
  }

  @Test
  void bytesShouldBeThoseOfThePage() throws IOException {
    assertEquals(
        HexFormat.of().formatHex(exampleBytes()), HexFormat.of().formatHex(example().encode()));
    assertEquals(example(), Recipe.decode(exampleBytes()));
  }

  @Test
  void dumpShouldNameEverySegmentWithItsPlace() throws IOException {
    assertEquals(
        """
        recipe length 600 head 40
          0 literal 46
          46 blob 0 content 20 base64 8"\\r\\n" x3 3"=" bits 0
          80 blob 1 content 500 as-is
          580 literal 20
        """,
        example().dump());
  }

  @Test
  void everyRecipeShouldComeBack() throws IOException {
    Random random = new Random(51);
    for (int round = 0; round < 300; round++) {
      Recipe recipe = random(random);
      assertEquals(recipe, Recipe.decode(recipe.encode()));
    }
  }

  private static Recipe random(Random random) throws IOException {
    Segment[] segments = new Segment[random.nextInt(8)];
    long length = 0;
    for (int i = 0; i < segments.length; i++) {
      segments[i] = segment(random);
      length += segments[i].textLength();
    }
    return new Recipe(length, 0, List.of(segments));
  }

  private static Segment segment(Random random) throws IOException {
    byte[] payload = new byte[1 + random.nextInt(3000)];
    random.nextBytes(payload);
    return switch (random.nextInt(3)) {
      case 0 -> new Segment.Literal(random.nextLong() >>> 20);
      case 1 -> new Segment.Blob(random.nextInt(1 << 20), random.nextLong() >>> 20, new AsIs());
      default -> {
        Base64Form[] forms = Base64Form.values();
        RoundTrip.Result result =
            RoundTrip.of(forms[random.nextInt(forms.length)].of(payload, random));
        yield result.isShaped()
            ? new Segment.Blob(0, result.content().length, result.shape())
            : new Segment.Literal(payload.length);
      }
    };
  }

  private static String refusal(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return assertThrows(IllegalArgumentException.class, () -> Recipe.decode(bytes)).getMessage();
  }

  @Test
  void refusalShouldNameOffsetExpectedAndFound() {
    assertEquals("recipe at offset 0: expected a version, found the end", refusal(""));
    assertEquals("recipe at offset 0: expected version 1 to 1, found 2", refusal("02000000"));
    assertEquals("recipe at offset 2: expected head length, found the end", refusal("0100"));
    assertEquals("recipe at offset 4: expected the end, found 1 bytes more", refusal("0100000000"));
    assertEquals(
        "recipe at offset 4: expected a segment of kind 0 to 2, found 9",
        refusal("0105000109" + "05"));
    assertEquals(
        "recipe at offset 1: expected segments of 5 bytes, found 4", refusal("010500010004"));
    assertEquals(
        "recipe at offset 1: expected a head of at most 0, found 5", refusal("01050501010005"));
    assertTrue(
        refusal("010500010200010201f2").startsWith("recipe at offset 8: shape at offset "),
        "shapes name the place in the recipe and in themselves");
  }

  @Test
  void shapesWithoutEndOrSenseShouldBeRefused() {
    String[] codes = {
      "f00100",
      "f0010400",
      "f000000a",
      "0101",
      "f301",
      "010400f304",
      "0105f340",
      "ee04",
      "f1",
      "f20004",
      "f400" + "0104",
      "f0018080808080808080800102",
      "8004",
      "f001ffffffffffffffff7f02"
    };
    for (String code : codes) {
      byte[] bytes = HexFormat.of().parseHex(code);
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> new Base64Shape(bytes), code);
      assertTrue(refused.getMessage().startsWith("shape at offset "), refused.getMessage());
    }
  }

  @Test
  void mutatedBytesShouldBeRefusedCleanlyOrMeanARecipeThatWorks() throws IOException {
    Random random = new Random(52);
    List<byte[]> recipes = new ArrayList<>();
    for (int seed = 0; seed < 60; seed++) {
      recipes.add(random(new Random(seed)).encode());
    }
    int accepted = 0;
    for (int round = 0; round < 60_000; round++) {
      byte[] bytes = mutated(recipes.get(random.nextInt(recipes.size())).clone(), random);
      try {
        Recipe recipe = Recipe.decode(bytes);
        accepted++;
        checkWorks(recipe);
        assertArrayEquals(bytes, recipe.encode());
      } catch (IllegalArgumentException refused) {
        assertTrue(refused.getMessage().matches("(?s).* at offset .*expected .*found .*"));
      }
    }
    assertTrue(accepted > 100, accepted + " were recipes still");
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 3)) : bytes;
  }

  private static void checkWorks(Recipe recipe) throws IOException {
    for (Segment segment : recipe.segments()) {
      if (segment instanceof Segment.Blob blob && segment.textLength() < 100_000) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (var writer = blob.shape().writer(blob.contentLength(), text, new TextRoom())) {
          writer.write(new byte[(int) blob.contentLength()]);
        }
        assertEquals(segment.textLength(), text.size());
      }
    }
    assertTrue(recipe.dump().startsWith("recipe length "));
  }
}
