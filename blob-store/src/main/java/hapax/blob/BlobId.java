package hapax.blob;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The name of content stored once: SHA-256 of the content. */
public final class BlobId extends Id32 {
  private BlobId(ByteBuffer from) {
    super(from);
  }

  /** Takes the next 32 bytes of {@code from}. */
  public static BlobId readFrom(ByteBuffer from) {
    return new BlobId(from);
  }

  /** The id whose 32 bytes are {@code bytes}. */
  public static BlobId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("expected 32 bytes, found " + bytes.length);
    }
    return new BlobId(ByteBuffer.wrap(bytes));
  }

  /** The id written as 64 hexadecimal digits. */
  public static BlobId parse(String hex) {
    return new BlobId(Id32.fromHex(hex));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BlobId that && sameBytes(that);
  }
}
