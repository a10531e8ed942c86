package hapax.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/** Content for tests. */
final class BlobContent {
  private BlobContent() {}

  /** Random bytes, or random letters of a few. */
  static byte[] of(Random random, int length, boolean compressible) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    if (compressible) {
      for (int i = 0; i < length; i++) {
        content[i] = (byte) ('a' + (content[i] & (i % 50_000 < 500 ? 3 : 0)));
      }
    }
    return content;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static BlobId id(byte[] content) {
    return BlobId.of(sha256(content));
  }
}
