package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One payload, whatever its form, is one content; and each form comes back byte for byte. */
class Base64FormTest {
  private static byte[] payload(int length, Random random) {
    byte[] payload = new byte[length];
    random.nextBytes(payload);
    return payload;
  }

  private static void check(Base64Form form, byte[] payload, Random random, String which)
      throws IOException {
    byte[] text = form.of(payload, random);
    RoundTrip.Result whole = RoundTrip.of(text);
    assertTrue(whole.isShaped(), which + ": " + whole.reading());
    assertArrayEquals(payload, whole.content(), which);
    assertTrue(whole.shape().cost() <= Math.max(64, text.length / 5), which);
  }

  @ParameterizedTest
  @EnumSource(Base64Form.class)
  void everyFormShouldHaveThePayloadAsContentAndComeBack(Base64Form form) throws IOException {
    Random random = new Random(20 + form.name().hashCode());
    for (int round = 0; round < 150; round++) {
      int length = 1500 + random.nextInt(round % 10 == 0 ? 300_000 : 6000);
      check(form, payload(length, random), random, form + " round " + round);
    }
  }

  @ParameterizedTest
  @EnumSource(Base64Form.class)
  void chunksOfAnySizeShouldGiveTheSameShape(Base64Form form) throws IOException {
    Random random = new Random(30 + form.name().hashCode());
    byte[] text = form.of(payload(250_000, random), random);
    RoundTrip.Result whole = RoundTrip.of(text);
    for (int chunk : new int[] {1, 77, 8192, 1 << 20}) {
      RoundTrip.Result chunked =
          RoundTrip.of(new ChunkedSource(text, chunk), RoundTrip.base64(0, text.length), text);
      assertEquals(whole.reading(), chunked.reading(), "chunks of " + chunk);
      assertArrayEquals(whole.content(), chunked.content());
    }
  }

  @Test
  void tidyTextShouldCostAFewBytes() throws IOException {
    byte[] payload = payload(3_000_000, new Random(4));
    assertTrue(RoundTrip.of(Base64Form.TIDY_CRLF.of(payload, new Random(1))).shape().cost() <= 12);
    assertTrue(RoundTrip.of(Base64Form.ONE_LINE.of(payload, new Random(1))).shape().cost() <= 12);
  }
}
