package hapax.blob;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The name of a record: SHA-256 of what the record stands for (a message's digest). */
public final class RecordId extends Id32 {
  private RecordId(ByteBuffer from) {
    super(from);
  }

  /** Takes the next 32 bytes of {@code from}. */
  public static RecordId readFrom(ByteBuffer from) {
    return new RecordId(from);
  }

  /** The id whose 32 bytes are {@code bytes}. */
  public static RecordId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("expected 32 bytes, found " + bytes.length);
    }
    return new RecordId(ByteBuffer.wrap(bytes));
  }

  /** The id written as 64 hexadecimal digits. */
  public static RecordId parse(String hex) {
    return new RecordId(Id32.fromHex(hex));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordId that && sameBytes(that);
  }
}
