package hapax.blob;

import java.io.IOException;

/**
 * Stored bytes are not what they were: names the file, the offset, what was expected and what was
 * found.
 */
public final class CorruptStoreException extends IOException {
  private static final long serialVersionUID = 1;

  public CorruptStoreException(String file, long offset, String expected, String found) {
    super(file + " at offset " + offset + ": expected " + expected + ", found " + found);
  }
}
