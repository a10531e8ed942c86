package hapax.reconstruct;

import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and digests what is written to it. */
final class DigestSink extends OutputStream {
  private final MessageDigest digest = Digests.sha256();
  private long length;

  @Override
  public void write(int b) {
    digest.update((byte) b);
    length++;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    digest.update(bytes, offset, count);
    length += count;
  }

  long length() {
    return length;
  }

  /** The digest of everything since the last call; begins anew. */
  byte[] finish() {
    length = 0;
    return digest.digest();
  }
}
