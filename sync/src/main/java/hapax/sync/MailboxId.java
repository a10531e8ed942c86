package hapax.sync;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The name of a mailbox, 16 bytes: it stays when the mailbox is renamed. The first mailbox of a
 * name has the same id on every replica.
 */
public record MailboxId(long high, long low) {
  /** Length in bytes. */
  public static final int BYTES = 16;

  /** The id whose 16 bytes are next in {@code from}. */
  public static MailboxId readFrom(ByteBuffer from) {
    return new MailboxId(from.getLong(), from.getLong());
  }

  /** The 16 bytes, a fresh array. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
