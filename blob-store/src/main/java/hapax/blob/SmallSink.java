package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;

/** Takes a small blob's content, and not a byte more or less than was promised. */
final class SmallSink extends OutputStream {
  private final BlobId id;
  private final byte[] content;
  private int filled;

  SmallSink(BlobId id, int length) {
    this.id = id;
    this.content = new byte[length];
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > content.length - filled) {
      throw new ContentChangedException(id, content.length, "more");
    }
    System.arraycopy(bytes, offset, content, filled, count);
    filled += count;
  }

  /**
   * The content, once all of it came.
   *
   * @param hash whether to hash it
   */
  byte[] finish(boolean hash) throws IOException {
    if (filled != content.length) {
      throw new ContentChangedException(id, content.length, filled + " bytes");
    }
    if (hash && !Sha256.of(content, filled).equals(id)) {
      throw new ContentChangedException(id, content.length, "content with another hash");
    }
    return content;
  }
}
