package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A message, or a part that has a header and a body.
 *
 * @param place its part number, as in {@link Verdict#place()}
 */
record MessagePart(ByteSource source, long from, long to, HeaderBlock header, String place) {
  static MessagePart read(ByteSource source, long from, long to, String place) throws IOException {
    return new MessagePart(source, from, to, HeaderBlock.read(source, from, to), place);
  }

  /** Writes the body as it is kept. */
  void body(OutputStream sink) throws IOException {
    source.copyTo(header.bodyStart(), to, sink);
  }

  HeaderBlock header(LineEnds ends) throws IOException {
    return ends == LineEnds.CRLF ? header.toCrlf() : header;
  }

  /** Whether reading line ends otherwise would change anything. */
  boolean hasBareLineFeed() throws IOException {
    return BareLineFeed.isIn(source, from, to);
  }
}
