package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;

/** Reads base64 text and checks that content and shape give exactly the same text again. */
final class RoundTrip {
  /** What reading came to. */
  static final class Result {
    private final PartReader.Reading reading;
    private final byte[] content;

    Result(PartReader.Reading reading, byte[] content) {
      this.reading = reading;
      this.content = content;
    }

    PartReader.Reading reading() {
      return reading;
    }

    byte[] content() {
      return content;
    }

    boolean isShaped() {
      return reading instanceof PartReader.Reading.Shaped;
    }

    Base64Shape shape() {
      return (Base64Shape) ((PartReader.Reading.Shaped) reading).shape();
    }

    Unshared reason() {
      return ((PartReader.Reading.Refused) reading).reason();
    }
  }

  private static final PartReader READER = new PartReader();

  private RoundTrip() {}

  static Part base64(long start, long end) {
    return new Part(start, end, true, "application/octet-stream", Optional.empty());
  }

  static Result of(byte[] text) throws IOException {
    return of(ByteSource.of(text, text.length), base64(0, text.length), text);
  }

  /** {@code text} is what stands in {@code source} at {@code part}. */
  static Result of(ByteSource source, Part part, byte[] text) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    PartReader.Reading reading = READER.read(source, part, content);
    Result result = new Result(reading, content.toByteArray());
    if (reading instanceof PartReader.Reading.Shaped shaped) {
      checkText(text, shaped, result.content());
    }
    return result;
  }

  private static void checkText(byte[] text, PartReader.Reading.Shaped shaped, byte[] content)
      throws IOException {
    assertEquals(content.length, shaped.contentLength(), "content length");
    assertEquals(text.length, shaped.shape().textLength(content.length), "text length");
    assertArrayEquals(text, write(shaped.shape(), content, content.length), "text in one piece");
    int most = 1 + new Random(text.length).nextInt(7000);
    assertArrayEquals(text, write(shaped.shape(), content, most), "text in pieces of " + most);
    checkCharacters(text, shaped.shape());
    if (shaped.shape() instanceof Base64Shape shape) {
      assertEquals(shape, new Base64Shape(shape.code()), "shape from its code");
    }
  }

  private static void checkCharacters(byte[] text, Shape shape) {
    BitSet held = new BitSet();
    for (byte b : text) {
      held.set(b & 0xff);
    }
    for (char c = 0; c < 128; c++) {
      assertTrue(shape.canHold(c) || !held.get(c), "the shape does not know of " + (int) c);
    }
  }

  /** The same for all, so that what one leaves must not show in another. */
  private static final TextRoom ROOM = new TextRoom();

  static byte[] write(Shape shape, byte[] content, int piece) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (OutputStream writer = shape.writer(content.length, text, ROOM)) {
      for (int at = 0; at < content.length; at += piece) {
        writer.write(content, at, Math.min(piece, content.length - at));
      }
    }
    return text.toByteArray();
  }
}
