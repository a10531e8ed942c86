package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Gets the bytes of a CMS object out of the part that carries it. */
final class CmsDecoder {
  /** What every CMS object begins with: a SEQUENCE. */
  private static final int SEQUENCE = 0x30;

  private CmsDecoder() {}

  /** Some programs send base64 and do not say so; then it does not begin as CMS does. */
  static void decode(MessagePart part, ContentType type, MessageBuffer sink) throws IOException {
    boolean said = type.isEncoded();
    if (said || firstByte(part) == SEQUENCE) {
      TransferDecoder.decode(part, type, sink);
    } else {
      TransferDecoder decoder = new TransferDecoder(sink);
      part.body(decoder);
      decoder.finish();
    }
  }

  private static int firstByte(MessagePart part) throws IOException {
    long start = part.header().bodyStart();
    ByteArrayOutputStream first = new ByteArrayOutputStream(1);
    part.source().copyTo(start, Math.min(start + 1, part.to()), first);
    return first.size() == 0 ? -1 : first.toByteArray()[0];
  }
}
