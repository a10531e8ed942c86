package hapax.mime;

import java.util.List;

/**
 * The segments that rebuild one message, in order. Literal bytes are kept outside the recipe, in
 * two runs (head and body), so that like is compressed with like; blobs are named by their index in
 * the record's list of blobs.
 *
 * @param headLength how many of the literal bytes belong to the head run; the rest are the body run
 */
public record Recipe(long length, long headLength, List<Segment> segments) {
  /** A stretch of the message. */
  public sealed interface Segment {
    /** The next {@code length} literal bytes. */
    record Literal(long length) implements Segment {}

    /**
     * Blob number {@code blob} of the record, {@code contentLength} bytes long, through {@code
     * shape}.
     */
    record Blob(int blob, long contentLength, Shape shape) implements Segment {}
  }

  public Recipe {
    segments = List.copyOf(segments);
  }

  /** The recipe's bytes; {@code doc/recipe.md} has the table. */
  public byte[] encode() {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException naming offset, expected and found, if {@code bytes} is no
   *     recipe
   */
  public static Recipe decode(byte[] bytes) {
    throw new UnsupportedOperationException("" + bytes.length);
  }
}
