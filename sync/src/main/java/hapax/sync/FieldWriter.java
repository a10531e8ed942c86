package hapax.sync;

import hapax.blob.RecordId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes fields one after another: the inverse of {@link FieldReader}. */
public final class FieldWriter {
  private byte[] bytes = new byte[160];
  private int length;

  private void ensureRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** The low eight bits of {@code value}. */
  public FieldWriter octet(int value) {
    ensureRoom(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Four bytes, the highest first. */
  public FieldWriter fixed32(long value) {
    return octet((int) (value >>> 24))
        .octet((int) (value >>> 16))
        .octet((int) (value >>> 8))
        .octet((int) value);
  }

  /** Eight bytes, the highest first. */
  public FieldWriter fixed64(long value) {
    return fixed32(value >>> 32).fixed32(value);
  }

  /** Groups of seven bits, the lowest first, each but the last with the eighth bit set. */
  public FieldWriter varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octet(((int) rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return octet((int) rest);
  }

  /** A varint of the value doubled, or of its complement doubled plus one if it is negative. */
  FieldWriter signed(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  /** Length in bytes as a varint, then UTF-8. */
  public FieldWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return varint(utf8.length).raw(utf8);
  }

  /** The bytes as they are. */
  public FieldWriter raw(byte[] value) {
    ensureRoom(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  FieldWriter item(ItemId id) {
    return fixed64(id.high()).fixed64(id.low());
  }

  FieldWriter mailbox(MailboxId id) {
    return fixed64(id.high()).fixed64(id.low());
  }

  FieldWriter stamp(Stamp stamp) {
    return fixed64(stamp.time()).fixed64(stamp.origin());
  }

  public FieldWriter record(RecordId id) {
    int size = 32;
    ensureRoom(size);
    id.writeTo(ByteBuffer.wrap(bytes, length, size));
    length += size;
    return this;
  }

  /** What was written, a fresh array. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
