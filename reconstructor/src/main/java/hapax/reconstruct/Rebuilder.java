package hapax.reconstruct;

import hapax.mime.Recipe;
import hapax.mime.TextRoom;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Follows a recipe: the one piece of code that gives messages back, when proving and when reading.
 * One for each thread.
 */
final class Rebuilder {
  private final TextRoom room = new TextRoom();

  /** Where the content of a recipe's blobs comes from. */
  @FunctionalInterface
  interface Blobs {
    /** Writes the content of blob number {@code blob}, which is {@code length} bytes long. */
    void copy(int blob, long length, OutputStream sink) throws IOException;
  }

  /**
   * Writes the message to {@code out}.
   *
   * @throws IOException if the recipe asks for more or fewer literal bytes than there are, or a
   *     blob does not have the promised length
   */
  void rebuild(Recipe recipe, byte[] head, byte[] body, Blobs blobs, OutputStream out)
      throws IOException {
    Literals literals = new Literals(head, body);
    for (Recipe.Segment segment : recipe.segments()) {
      if (segment instanceof Recipe.Segment.Literal literal) {
        literals.copy(literal.length(), out);
      } else if (segment instanceof Recipe.Segment.Blob blob) {
        try (OutputStream text = blob.shape().writer(blob.contentLength(), out, room)) {
          blobs.copy(blob.blob(), blob.contentLength(), text);
        }
      }
    }
    literals.finish();
  }

  /** The literal bytes, head first, handed out in order. */
  private static final class Literals {
    private final byte[] head;
    private final byte[] body;
    private long position;

    Literals(byte[] head, byte[] body) {
      this.head = head;
      this.body = body;
    }

    void copy(long length, OutputStream out) throws IOException {
      if (length > head.length + (long) body.length - position) {
        throw new IOException(
            "recipe: expected "
                + length
                + " literal bytes at "
                + position
                + ", found "
                + (head.length + (long) body.length - position));
      }
      int fromHead = (int) Math.max(0, Math.min(length, head.length - position));
      if (fromHead > 0) {
        out.write(head, (int) position, fromHead);
      }
      int fromBody = (int) length - fromHead;
      if (fromBody > 0) {
        out.write(body, (int) (position + fromHead - head.length), fromBody);
      }
      position += length;
    }

    void finish() throws IOException {
      long all = head.length + (long) body.length;
      if (position != all) {
        throw new IOException(
            "recipe: expected " + position + " literal bytes in all, found " + all);
      }
    }
  }
}
