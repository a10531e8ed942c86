package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The bytes of one message, readable any number of times at any place. Positions count bytes from
 * 0.
 *
 * <p>A source in memory hands out its array without copying; a source on disk reads in chunks, so
 * that memory does not grow with the message.
 */
public interface ByteSource {
  /** Length in bytes; does not change while the source is in use. */
  long length();

  /**
   * Writes the bytes {@code [from, to)} to {@code sink}, in order, in chunks of the source's
   * choosing.
   *
   * @throws IOException if the source can not be read, or is shorter than it said
   */
  void copyTo(long from, long to, OutputStream sink) throws IOException;

  /**
   * The bytes of {@code array[0, length)}, not copied: the caller leaves them alone while in use.
   */
  static ByteSource of(byte[] array, int length) {
    return new ArraySource(array, length);
  }
}
