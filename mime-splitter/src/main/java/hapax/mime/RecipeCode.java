package hapax.mime;

import hapax.mime.Recipe.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of a recipe, both ways; {@code doc/recipe.md} has the table. */
final class RecipeCode {
  /** Literal, as is and base64 segments. */
  private static final int VERSION_START = 1;

  private static final int VERSION_CURRENT = VERSION_START;

  private static final int LITERAL = 0;
  private static final int BLOB_AS_IS = 1;
  private static final int BLOB_BASE64 = 2;

  /** Bytes of the shortest segment. */
  private static final int SHORTEST_SEGMENT = 2;

  private RecipeCode() {}

  static byte[] write(Recipe recipe) {
    ByteSink out = new ByteSink();
    out.put(VERSION_CURRENT);
    out.putNumber(recipe.length());
    out.putNumber(recipe.headLength());
    out.putNumber(recipe.segments().size());
    recipe.segments().forEach(segment -> writeSegment(segment, out));
    return out.toArray();
  }

  private static void writeSegment(Segment segment, ByteSink out) {
    if (segment instanceof Segment.Literal literal) {
      out.put(LITERAL);
      out.putNumber(literal.length());
    } else if (segment instanceof Segment.Blob blob) {
      out.put(blob.shape() instanceof Base64Shape ? BLOB_BASE64 : BLOB_AS_IS);
      out.putNumber(blob.blob());
      out.putNumber(blob.contentLength());
      if (blob.shape() instanceof Base64Shape shape) {
        out.putNumber(shape.cost());
        out.put(shape.code(), 0, shape.cost());
      }
    }
  }

  static Recipe read(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, 0, bytes.length, "recipe");
    int version = in.next("a version");
    if (version < VERSION_START || version > VERSION_CURRENT) {
      throw in.wrong(0, "version 1 to " + VERSION_CURRENT, Integer.toString(version));
    }
    long length = in.number("length");
    long headLength = in.number("head length", length);
    int count = (int) in.number("segment count", in.remaining() / SHORTEST_SEGMENT);
    List<Segment> segments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      segments.add(readSegment(in, bytes));
    }
    if (in.remaining() > 0) {
      throw in.wrong(in.position(), "the end", in.remaining() + " bytes more");
    }
    checkLengths(in, length, headLength, segments);
    return new Recipe(length, headLength, segments);
  }

  private static Segment readSegment(ByteReader in, byte[] bytes) {
    int start = in.position();
    int kind = in.next("a segment");
    return switch (kind) {
      case LITERAL -> new Segment.Literal(in.number("literal length"));
      case BLOB_AS_IS, BLOB_BASE64 -> readBlob(kind, in, bytes);
      default -> throw in.wrong(start, "a segment of kind 0 to 2", Integer.toString(kind));
    };
  }

  private static Segment readBlob(int kind, ByteReader in, byte[] bytes) {
    int blob = (int) in.number("blob", Integer.MAX_VALUE);
    int start = in.position();
    long contentLength = in.number("content length");
    if (kind == BLOB_AS_IS) {
      return new Segment.Blob(blob, contentLength, new AsIs());
    }
    int from = in.skipCounted("shape");
    Base64Shape shape = readShape(in, bytes, from);
    if (shape.contentLength() != contentLength) {
      throw in.wrong(
          start, "content length " + shape.contentLength(), Long.toString(contentLength));
    }
    return new Segment.Blob(blob, contentLength, shape);
  }

  private static Base64Shape readShape(ByteReader in, byte[] bytes, int from) {
    byte[] code = Arrays.copyOfRange(bytes, from, in.position());
    try {
      return new Base64Shape(code);
    } catch (IllegalArgumentException noShape) {
      throw new IllegalArgumentException(
          "recipe at offset " + from + ": " + noShape.getMessage(), noShape);
    }
  }

  private static void checkLengths(
      ByteReader in, long length, long headLength, List<Segment> segments) {
    long text = 0;
    long literals = 0;
    for (Segment segment : segments) {
      long textLength = segment.textLength();
      if (textLength > length - text) {
        throw in.wrong(1, "segments of " + length + " bytes", "more");
      }
      text += textLength;
      literals += segment instanceof Segment.Literal ? textLength : 0;
    }
    if (text != length) {
      throw in.wrong(1, "segments of " + length + " bytes", Long.toString(text));
    }
    if (headLength > literals) {
      throw in.wrong(1, "a head of at most " + literals, Long.toString(headLength));
    }
  }
}
