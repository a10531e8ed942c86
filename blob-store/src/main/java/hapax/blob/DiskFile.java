package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. */
public interface DiskFile extends Closeable {
  /** Length in bytes. */
  long size() throws IOException;

  /**
   * Fills {@code into} from {@code position}; fails with {@link java.io.EOFException} if the file
   * is too short.
   */
  void readFully(long position, ByteBuffer into) throws IOException;

  /** Writes all of {@code bytes} at the end. */
  void append(ByteBuffer bytes) throws IOException;

  /** Makes what was appended durable (data and length). */
  void sync() throws IOException;

  /** Cuts the file to {@code size} bytes. */
  void truncate(long size) throws IOException;
}
