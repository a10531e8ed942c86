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
    /** Length of the stretch in bytes. */
    long textLength();

    /** The segment as text for people. */
    String dump();

    /** The next {@code length} literal bytes. */
    record Literal(long length) implements Segment {
      @Override
      public long textLength() {
        return length;
      }

      @Override
      public String dump() {
        return "literal " + length;
      }
    }

    /**
     * Blob number {@code blob} of the record, {@code contentLength} bytes long, through {@code
     * shape}.
     */
    record Blob(int blob, long contentLength, Shape shape) implements Segment {
      @Override
      public long textLength() {
        return shape.textLength(contentLength);
      }

      @Override
      public String dump() {
        return "blob " + blob + " content " + contentLength + " " + shape;
      }
    }
  }

  public Recipe {
    segments = List.copyOf(segments);
  }

  /** The recipe's bytes; {@code doc/recipe.md} has the table. */
  public byte[] encode() {
    return RecipeCode.write(this);
  }

  /**
   * Reads what {@link #encode} wrote. The lengths of the segments are checked to sum to the
   * recipe's; memory is in proportion to {@code bytes}.
   *
   * @throws IllegalArgumentException naming offset, expected and found, if {@code bytes} is no
   *     recipe
   */
  public static Recipe decode(byte[] bytes) {
    return RecipeCode.read(bytes);
  }

  /** The recipe as text for people: one line for the whole, then one for each segment. */
  public String dump() {
    StringBuilder text = new StringBuilder();
    text.append("recipe length ").append(length).append(" head ").append(headLength).append('\n');
    long at = 0;
    for (Segment segment : segments) {
      text.append("  ").append(at).append(' ').append(segment.dump()).append('\n');
      at += segment.textLength();
    }
    return text.toString();
  }
}
