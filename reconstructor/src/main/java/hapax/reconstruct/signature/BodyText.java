package hapax.reconstruct.signature;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Canonical text on its way from a body to a digest. What is written to it is canonical already; of
 * a body it takes a stretch at a time, as much as goes on whatever follows.
 */
abstract class BodyText extends OutputStream {
  /** Text of a body with line ends of that reading; a stretch of it is taken at a time. */
  static BodyText of(LineEnds ends, boolean relaxed, OutputStream out) {
    return ends == LineEnds.CRLF ? new CrlfText(relaxed, out) : new KeptText(relaxed, out);
  }

  /**
   * Passes on a stretch of {@code bytes[from, end)}, which begins with neither a line end nor an
   * uneven blank; returns where it ends: at the latest before line ends and uneven blanks that may
   * be the body's last.
   */
  abstract int take(byte[] bytes, int from, int end) throws IOException;
}
