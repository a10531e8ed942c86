package hapax.reconstruct.signature;

import java.io.OutputStream;
import java.security.MessageDigest;

/** Digests what is written to it. */
final class DigestStream extends OutputStream {
  private final MessageDigest digest;

  DigestStream(MessageDigest digest) {
    this.digest = digest;
  }

  @Override
  public void write(int b) {
    digest.update((byte) b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }
}
