package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Reads base64 text once, front to back, hands out the content and learns the shape. One for each
 * thread; reusable.
 */
public final class PartReader {
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
   * {@code content} in chunks. Always exact: {@code shape.writer} gives the text back from the
   * content, or the reading is refused. Deterministic, so a second reading of the same text gives
   * the same content.
   */
  public Reading read(ByteSource message, Part part, OutputStream content) throws IOException {
    throw new UnsupportedOperationException("" + message + part + content);
  }
}
