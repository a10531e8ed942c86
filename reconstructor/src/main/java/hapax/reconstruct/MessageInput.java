package hapax.reconstruct;

import java.io.InputStream;
import java.nio.file.Path;

/** A message on its way in. */
public sealed interface MessageInput {
  /** The bytes {@code array[0, length)}, left alone by the caller until the delivery returns. */
  @SuppressWarnings("ArrayRecordComponent") // identity is all that is wanted of it
  record Bytes(byte[] array, int length) implements MessageInput {}

  /** The bytes {@code [from, to)} of a file; {@code to} of -1 means its end. */
  record File(Path file, long from, long to) implements MessageInput {
    /** A whole file. */
    public File(Path file) {
      this(file, 0, -1);
    }
  }

  /** Whatever a stream gives, to its end; spooled to disk when it is too long to hold. */
  record Stream(InputStream stream) implements MessageInput {}
}
