package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;

/** Collects the header lines of one part after the other. */
final class HeaderBuffer {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void line(byte[] line, int length, int lineEnd) {
    if (bytes.size() + length < Limits.PART_HEADER_BYTES) {
      bytes.write(line, 0, length);
      if (lineEnd == 2) {
        bytes.write('\r');
      }
      bytes.write('\n');
    }
  }

  HeaderBlock take() {
    HeaderBlock header = HeaderBlock.of(bytes.toByteArray());
    bytes.reset();
    return header;
  }
}
