package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Reads base64 text once, front to back, hands out the content and learns the shape. One for each
 * thread; reusable.
 */
public final class PartReader {
  private final Window window = new Window();
  private final Base64Reader base64 = new Base64Reader(window);

  /** What reading a part came to. */
  public sealed interface Reading {
    /** The text is {@code shape} around {@code contentLength} bytes of content. */
    record Shaped(Shape shape, long contentLength) implements Reading {}

    /**
     * The text does not pay as base64; keep it as it stands. What went to the sink is to be
     * dropped.
     */
    record Refused(Unshared reason) implements Reading {}
  }

  /**
   * Reads the text {@code [part.start, part.end)} of {@code message}; decoded content goes to
   * {@code content} in chunks, which are valid only during the call. Always exact: {@code
   * shape.writer} gives the text back from the content, or the reading is refused. Deterministic,
   * so a second reading of the same text gives the same content.
   *
   * @throws IOException if the source can not be read or the sink not be written
   */
  public Reading read(ByteSource message, Part part, OutputStream content) throws IOException {
    Objects.checkFromToIndex(part.start(), part.end(), message.length());
    if (!part.base64()) {
      message.copyTo(part.start(), part.end(), content);
      return new Reading.Shaped(new AsIs(), part.length());
    }
    try {
      window.open(message);
      return base64.read(part.start(), part.end(), content);
    } finally {
      base64.close();
      window.close();
    }
  }
}
