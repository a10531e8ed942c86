package hapax.sync;

import hapax.blob.RecordId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Ids of items that are imported: the first 16 bytes of a SHA-256 over the mailbox's id and what
 * the source calls the message, so that the same message of the same source is the same item
 * whenever and wherever it is imported. For one thread.
 */
final class ItemIds {
  private static final byte NAME = 'n';
  private static final byte NAME_AND_CONTENT = 'd';
  private static final byte CONTENT = 'c';
  private static final byte[] RESTORED = "hapax restored".getBytes(StandardCharsets.UTF_8);

  private final MessageDigest digest = Digests.sha256();

  /** A message with a name that is unique in the mailbox's source. */
  ItemId named(MailboxId mailbox, String name) {
    begin(mailbox, NAME);
    return finish(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A message whose name another message had before. */
  ItemId named(MailboxId mailbox, String name, RecordId message) {
    begin(mailbox, NAME_AND_CONTENT);
    digest.update(message.toBytes());
    return finish(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A message that only its content names, the {@code occurrence}th of its like in its source. */
  ItemId content(MailboxId mailbox, byte[] core, int occurrence) {
    begin(mailbox, CONTENT);
    digest.update(core);
    return finish(ByteBuffer.allocate(Integer.BYTES).putInt(occurrence).array());
  }

  /** The item that an expunged one comes back as. */
  static ItemId restored(ItemId expunged) {
    MessageDigest digest = Digests.sha256();
    digest.update(RESTORED);
    return ItemId.readFrom(ByteBuffer.wrap(digest.digest(expunged.toBytes())));
  }

  private void begin(MailboxId mailbox, byte kind) {
    digest.update(mailbox.toBytes());
    digest.update(kind);
  }

  private ItemId finish(byte[] last) {
    return ItemId.readFrom(ByteBuffer.wrap(digest.digest(last)));
  }
}
