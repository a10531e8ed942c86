package hapax.reconstruct;

import hapax.blob.StoredRecord;
import hapax.mime.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left of a stored message without its base64: enough to find its parts, a small share of
 * its bytes. A blob is left out if it stands behind an empty line and before a line end or the end
 * of the message, and its shape puts no dash into its text. So what is left out begins as a line,
 * ends before a line end, and none of its lines begins with a dash as boundaries do. Everything
 * else is in the outline as it stands in the message.
 */
final class Outline {
  private final StoredRecord record;
  private final List<Recipe.Segment> segments;
  private final List<Recipe.Segment> kept = new ArrayList<>();
  private final List<Long> gaps = new ArrayList<>();

  /** Literal bytes and bytes of the outline so far. */
  private long literals;

  private long length;

  private Outline(StoredRecord record, List<Recipe.Segment> segments) {
    this.record = record;
    this.segments = segments;
  }

  /**
   * The outline of a record's message.
   *
   * @throws IOException if the record's recipe is damaged
   */
  static Outline of(StoredRecord record) throws IOException {
    Recipe whole = MessageReader.recipeOf(record);
    Outline outline = new Outline(record, whole.segments());
    for (int i = 0; i < whole.segments().size(); i++) {
      outline.add(i);
    }
    return outline;
  }

  /** The recipe that makes it, from the same literal bytes and blobs. */
  Recipe recipe() {
    return new Recipe(length, record.head().length, kept);
  }

  /** Where something was left out, as offsets in the outline, ascending. */
  List<Long> gaps() {
    return gaps;
  }

  private void add(int index) {
    Recipe.Segment segment = segments.get(index);
    if (segment instanceof Recipe.Segment.Blob blob
        && !blob.shape().canHold('-')
        && isBehindEmptyLine(index)
        && isBeforeLineEnd(index)) {
      gaps.add(length);
      return;
    }
    if (segment instanceof Recipe.Segment.Literal literal) {
      literals += literal.length();
    }
    kept.add(segment);
    length += segment.textLength();
  }

  private boolean isBehindEmptyLine(int index) {
    if (index == 0
        || !(segments.get(index - 1) instanceof Recipe.Segment.Literal before)
        || before.length() < 3
        || literal(literals - 1) != '\n') {
      return false;
    }
    int previous = literal(literals - 2);
    return previous == '\n' || (previous == '\r' && literal(literals - 3) == '\n');
  }

  private boolean isBeforeLineEnd(int index) {
    if (index + 1 == segments.size()) {
      return true;
    }
    return segments.get(index + 1) instanceof Recipe.Segment.Literal
        && (literal(literals) == '\n' || literal(literals) == '\r');
  }

  /** The literal byte at {@code at}, or -1 if the record has fewer than its recipe says. */
  private int literal(long at) {
    byte[] head = record.head();
    byte[] body = record.body();
    if (at < head.length) {
      return head[(int) at];
    }
    return at - head.length < body.length ? body[(int) (at - head.length)] : -1;
  }
}
