package hapax.blob;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Thirty-two bytes of SHA-256 as four words: what the store's ids are made of. */
abstract sealed class Id32 permits BlobId, RecordId {
  /** Length of an id in bytes. */
  static final int BYTES = 32;

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  Id32(ByteBuffer from) {
    a = from.getLong();
    b = from.getLong();
    c = from.getLong();
    d = from.getLong();
  }

  static ByteBuffer fromHex(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException(
          "expected " + 2 * BYTES + " hexadecimal digits, found " + hex.length() + " characters");
    }
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  /** Appends the 32 bytes. */
  public final void writeTo(ByteBuffer to) {
    to.putLong(a).putLong(b).putLong(c).putLong(d);
  }

  /** The 32 bytes, a fresh array. */
  public final byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    writeTo(bytes);
    return bytes.array();
  }

  /** The first 64 bits. */
  public final long start() {
    return a;
  }

  /** Whether the bytes are the same; the kind of id is for {@code equals} to compare. */
  final boolean sameBytes(Id32 that) {
    return a == that.a && b == that.b && c == that.c && d == that.d;
  }

  @Override
  public final int hashCode() {
    return Long.hashCode(a);
  }

  /** Sixty-four lower case hexadecimal digits. */
  @Override
  public final String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
