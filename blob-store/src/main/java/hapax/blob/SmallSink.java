package hapax.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Takes a small blob's content, and not a byte more or less than was promised. */
final class SmallSink extends OutputStream {
  private final BlobId id;
  private final byte[] content;
  private int filled;

  private SmallSink(BlobId id, int length) {
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
   * All of a small blob's content.
   *
   * @param hash whether to compare its hash with its id, too
   */
  static byte[] take(BlobId id, int length, Content content, boolean hash) throws IOException {
    byte[] bytes;
    if (content instanceof HeldContent held) {
      bytes = held.bytes();
    } else {
      SmallSink sink = new SmallSink(id, length);
      content.writeTo(sink);
      bytes = sink.filled == length ? sink.content : Arrays.copyOf(sink.content, sink.filled);
    }
    if (bytes.length != length) {
      throw new ContentChangedException(id, length, bytes.length + " bytes");
    }
    if (hash && !Sha256.of(bytes, length).equals(id)) {
      throw new ContentChangedException(id, length, "content with another hash");
    }
    return bytes;
  }
}
