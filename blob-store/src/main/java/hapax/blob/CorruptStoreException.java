package hapax.blob;

import java.io.IOException;

/**
 * Stored bytes are not what they were: names the file, the offset, what was expected and what was
 * found.
 */
public final class CorruptStoreException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long offset;
  private final String expected;
  private final String found;

  public CorruptStoreException(String file, long offset, String expected, String found) {
    super(file + " at offset " + offset + ": expected " + expected + ", found " + found);
    this.file = file;
    this.offset = offset;
    this.expected = expected;
    this.found = found;
  }

  /** The file, or what else the bytes stand in. */
  public String file() {
    return file;
  }

  /** Offset in bytes. */
  public long offset() {
    return offset;
  }

  /** What should be there. */
  public String expected() {
    return expected;
  }

  /** What is there. */
  public String found() {
    return found;
  }
}
