package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * How a blob stood in the message: as is, or as base64 with its lines, line ends and oddities. With
 * the blob's content a shape gives the part's text back, byte for byte.
 */
public sealed interface Shape permits AsIs, Base64Shape {
  /** Length of the text that this shape makes of {@code contentLength} bytes of content. */
  long textLength(long contentLength);

  /** Whether the text can have this ASCII character in it, whatever the content. */
  boolean canHold(char ascii);

  /**
   * A stream that takes the whole content and writes the part's text to {@code sink}. Closing it
   * checks that the promised content came and writes what is left; it does not close {@code sink}.
   *
   * @param room is the stream's until the next one takes it
   */
  OutputStream writer(long contentLength, OutputStream sink, TextRoom room) throws IOException;
}
