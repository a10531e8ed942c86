package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;

/** Content in an array that nobody changes any more. */
final class HeldContent implements Content {
  private final byte[] bytes;

  HeldContent(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    sink.write(bytes);
  }
}
