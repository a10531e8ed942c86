package hapax.sync.format;

import hapax.reconstruct.MessageInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Memory for one short message after another; one for each thread. */
public final class LoadBuffer {
  /** Longest message that is held in memory. */
  public static final int MAX_LENGTH = 8 << 20;

  private static final int CHUNK = 256 << 10;

  private byte[] bytes = new byte[CHUNK];

  /**
   * Reads {@code [from, from + length)} of a file to the beginning of the buffer, or to the file's
   * end if that comes earlier; returns how much there was.
   */
  int read(FileChannel file, long from, int length) throws IOException {
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, Math.min(MAX_LENGTH, 2 * bytes.length))];
    }
    int at = 0;
    while (at < length) {
      int n = file.read(ByteBuffer.wrap(bytes, at, Math.min(CHUNK, length - at)), from + at);
      if (n < 0) {
        return at;
      }
      at += n;
    }
    return at;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The first {@code length} bytes as a message, good until the buffer is used again. */
  MessageInput.Bytes message(int length) {
    return new MessageInput.Bytes(bytes, length);
  }
}
