package hapax.sync;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of an item, 16 bytes: random for a delivery, derived from the source's own identity for
 * an import, so that importing twice, or on two replicas, gives one item.
 */
public record ItemId(long high, long low) implements Comparable<ItemId> {
  /** Length in bytes. */
  public static final int BYTES = 16;

  /** The id whose 16 bytes are next in {@code from}. */
  public static ItemId readFrom(ByteBuffer from) {
    return new ItemId(from.getLong(), from.getLong());
  }

  /** The 16 bytes, a fresh array. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  // Those that a record has are put together when they are first called, which takes milliseconds.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ItemId that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  /** Compares the bytes as unsigned numbers. */
  @Override
  public int compareTo(ItemId that) {
    int order = Long.compareUnsigned(high, that.high);
    return order != 0 ? order : Long.compareUnsigned(low, that.low);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
