package hapax.sync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of a mailbox, 16 bytes: it stays when the mailbox is renamed. The first mailbox of a
 * name has the same id on every replica.
 */
public record MailboxId(long high, long low) implements Comparable<MailboxId> {
  /** Length in bytes. */
  public static final int BYTES = 16;

  private static final byte[] PREFIX = "hapax mailbox".getBytes(StandardCharsets.UTF_8);

  /**
   * The id of an account's mailbox that was first made under a name; {@code generation} counts the
   * mailboxes that were made under that name before and are renamed or deleted.
   */
  static MailboxId derive(String account, String name, int generation) {
    MessageDigest digest = Digests.sha256();
    digest.update(PREFIX);
    digest.update(account.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(generation).array());
    return readFrom(ByteBuffer.wrap(digest.digest()));
  }

  /** The id whose 16 bytes are next in {@code from}. */
  public static MailboxId readFrom(ByteBuffer from) {
    return new MailboxId(from.getLong(), from.getLong());
  }

  /** The 16 bytes, a fresh array. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  // Those that a record has are put together when they are first called, which takes milliseconds.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MailboxId that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  /** Compares the bytes as unsigned numbers. */
  @Override
  public int compareTo(MailboxId that) {
    int order = Long.compareUnsigned(high, that.high);
    return order != 0 ? order : Long.compareUnsigned(low, that.low);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
