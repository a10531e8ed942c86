package hapax.blob;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads rows by key and in order of their keys (as unsigned bytes). */
public interface RowReader {
  /** The value under {@code key}, or null if there is none. */
  byte @Nullable [] get(byte[] key) throws IOException;

  /**
   * Shows the rows whose keys are in {@code [from, to)}, ascending, until the visitor has enough;
   * {@code to} null means to the end.
   */
  void scan(byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException;

  /** Sees rows one by one. */
  @FunctionalInterface
  interface Visitor {
    /** Takes a row; says whether to go on. */
    boolean row(byte[] key, byte[] value) throws IOException;
  }
}
