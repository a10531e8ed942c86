package hapax.sync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Under which name an item holds its record: a tag of its account, then a tag of the item. So the
 * holders of one account stand together among those of a record, which tells at once whether an
 * account owns it. Two accounts may have items of one id (an import of one source into both), and
 * none may take back what another holds, even if it could choose the ids of its items.
 */
final class Holder {
  /** Length of an account's tag, with which the names of all its holders begin. */
  static final int TAG_BYTES = 8;

  private static final int BYTES = 16;

  private final byte[] tag;

  /** The names of an account's holders. */
  Holder(String account) {
    this.tag = tag(account);
  }

  /** The start of the SHA-256 of an account's name. */
  static byte[] tag(String account) {
    byte[] name = account.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(Digests.sha256().digest(name), TAG_BYTES);
  }

  byte[] of(ItemId item) {
    byte[] itemDigest = Digests.sha256().digest(item.toBytes());
    return ByteBuffer.allocate(BYTES).put(tag).put(itemDigest, 0, BYTES - TAG_BYTES).array();
  }
}
