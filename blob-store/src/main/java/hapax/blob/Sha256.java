package hapax.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that names blobs. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static BlobId of(byte[] content, int length) {
    MessageDigest digest = begin();
    digest.update(content, 0, length);
    return BlobId.of(digest.digest());
  }
}
