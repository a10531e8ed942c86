package hapax.sync;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Under which name an item holds its record: the start of a digest over account and item. Two
 * accounts may have items of one id (an import of one source into both), and none may take back
 * what another holds, even if it could choose the ids of its items.
 */
final class Holder {
  private static final int BYTES = 16;
  private static final byte[] PREFIX = "hapax item".getBytes(StandardCharsets.UTF_8);

  private Holder() {}

  static byte[] of(String account, ItemId item) {
    MessageDigest digest = Digests.sha256();
    digest.update(PREFIX);
    digest.update(account.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return Arrays.copyOf(digest.digest(item.toBytes()), BYTES);
  }
}
