package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeWriterTest {
  private static final byte[] CONTENT = Splits.bytes("content");

  private static Base64Shape shape() throws IOException {
    return RoundTrip.of(Splits.bytes("Y29u\ndGVu\ndA==\n")).shape();
  }

  private static String failure(Shape shape, int length) {
    IOException failure =
        assertThrows(
            IOException.class,
            () -> {
              try (OutputStream writer =
                  shape.writer(CONTENT.length, OutputStream.nullOutputStream(), new TextRoom())) {
                writer.write(new byte[length]);
              }
            });
    return failure.getMessage();
  }

  @Test
  void closeShouldFailWhenContentIsMissing() throws IOException {
    assertEquals("content at offset 6: expected 7 bytes, found the end", failure(shape(), 6));
    assertEquals("content at offset 6: expected 7 bytes, found the end", failure(new AsIs(), 6));
  }

  @Test
  void writeShouldFailWhenThereIsTooMuchContent() throws IOException {
    assertEquals(
        "content at offset 7: expected the end, found at least 8 bytes", failure(shape(), 8));
    assertEquals(
        "content at offset 7: expected the end, found at least 8 bytes", failure(new AsIs(), 8));
  }

  @Test
  void shapeShouldRefuseContentOfAnotherLength() throws IOException {
    Base64Shape shape = shape();
    assertThrows(
        IOException.class,
        () -> shape.writer(8, OutputStream.nullOutputStream(), new TextRoom()).close());
    assertThrows(IllegalArgumentException.class, () -> shape.textLength(8));
    assertEquals(15, shape.textLength(7));
  }

  @Test
  void contentShouldComeInPiecesOfAnySize() throws IOException {
    Random random = new Random(41);
    byte[] payload = new byte[40_000];
    random.nextBytes(payload);
    for (Base64Form form : Base64Form.values()) {
      byte[] text = form.of(payload, random);
      RoundTrip.Result result = RoundTrip.of(text);
      for (int piece : new int[] {1, 2, 3, 6143, 6144, 6145, 40_000}) {
        assertArrayEquals(text, RoundTrip.write(result.shape(), payload, piece), form.name());
      }
    }
  }

  @Test
  void singleBytesShouldDo() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (OutputStream writer = shape().writer(CONTENT.length, text, new TextRoom())) {
      for (byte b : CONTENT) {
        writer.write(b);
      }
    }
    assertEquals("Y29u\ndGVu\ndA==\n", text.toString(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QUJD-\nQUJD\nQUJD\n",
        "QUJD\n--a\nQUJD\nQUJD",
        "QUJD\nQUJDQR==\n-- \nThe list's footer",
        "QUJD\n" + "-----BEGIN PGP MESSAGE----------------\nQUJDQUJD",
      })
  void charactersOutsideTheAlphabetShouldBeKnown(String text) throws IOException {
    assertTrue(RoundTrip.of(Splits.bytes(text)).shape().canHold('-'));
    assertFalse(shape().canHold('-'));
    assertTrue(shape().canHold('x'));
    assertTrue(new AsIs().canHold('-'));
  }

  @Test
  void shapeShouldBeReadableAsText() throws IOException {
    byte[] text = Splits.bytes("QUJD\r\n".repeat(5) + "\tQR==\r\n\u00ff");
    assertEquals(
        "base64 4\"\\r\\n\" x4 4\"\\r\\n\\t\" 2\"==\\r\\n\\xff\" bits 1",
        RoundTrip.of(text).shape().toString());
    assertEquals("as-is", new AsIs().toString());
  }
}
