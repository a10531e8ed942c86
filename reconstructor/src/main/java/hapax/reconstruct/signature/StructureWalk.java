package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the parts of a message that matter for signatures, with their exact ranges: the signed part
 * of a multipart/signed with its header, messages within messages, CMS, OpenPGP armor. (The
 * splitter gives leaf parts only.)
 *
 * <p>Memory grows with the depth and with the parts that are kept, both limited, not with the
 * message. Of a message whose body can hold no signature only the header is read.
 */
final class StructureWalk implements LineScanner.Handler {
  private static final int CHUNK = 128 << 10;

  private enum Mode {
    /** In the header of the innermost open part. */
    HEADER,
    /** In the body of the innermost open part, a leaf. */
    LEAF,
    /** Before the first or after the last part of a multipart. */
    BETWEEN
  }

  /**
   * @param complete whether no part that matters was dropped for a limit
   */
  record Structure(MimeEntity root, boolean complete) {}

  private final List<OpenEntity> open = new ArrayList<>();
  private final Map<String, Integer> boundaries = new HashMap<>();
  private final List<String> boundaryOf = new ArrayList<>();
  private final HeaderBuffer header = new HeaderBuffer();
  private Mode mode = Mode.BETWEEN;
  private int previousLineEnd;
  private int kept;
  private boolean complete = true;

  /** A walk that stands behind the header of {@code message}. */
  private StructureWalk(MessagePart message) {
    push(new OpenEntity(message.place(), message.from(), true, "text/plain"));
    beginBody(message.header(), message.header().bodyStart());
  }

  /** The structure of the message whose header was read. */
  static Structure of(MessagePart message) throws IOException {
    StructureWalk walk = new StructureWalk(message);
    walk.read(message.source(), message.header().bodyStart(), message.to());
    walk.end(message.to());
    return new Structure(walk.innermost().close(message.to()), walk.complete);
  }

  /**
   * Whether something in the message may matter, itself included, or too much did.
   *
   * @param gaps where whole lines are missing, in ascending order, none of which begins with a
   *     dash. In a body they change nothing, since neither a boundary nor armor is among them; in
   *     what is read as a header they may be anything, and so matter
   */
  static boolean mayMatter(MessagePart message, List<Long> gaps) throws IOException {
    StructureWalk walk = new StructureWalk(message);
    long at = message.header().bodyStart();
    for (long gap : gaps) {
      walk.read(message.source(), at, gap);
      if (walk.mode == Mode.HEADER) {
        return true;
      }
      at = gap;
    }
    walk.read(message.source(), at, message.to());
    walk.end(message.to());
    return walk.innermost().matters() || !walk.complete;
  }

  private void read(ByteSource source, long from, long to) throws IOException {
    LineScanner lines = new LineScanner(from, this);
    for (long at = from; at < to && !isDone(); at += CHUNK) {
      source.copyTo(at, Math.min(at + CHUNK, to), lines);
    }
    if (!isDone()) {
      lines.end();
    }
  }

  private void end(long to) {
    if (mode == Mode.HEADER) {
      beginBody(header.take(), to);
    }
    closeAbove(1, to);
  }

  /** Whether the rest can change nothing. */
  private boolean isDone() {
    return boundaries.isEmpty()
        && (mode == Mode.BETWEEN || (mode == Mode.LEAF && !innermost().wantsArmor()));
  }

  @Override
  public boolean wantsAll() {
    return mode == Mode.HEADER;
  }

  @Override
  public void line(long start, byte[] bytes, int length, int lineEnd, long next) {
    boolean dashes = length >= 2 && bytes[0] == '-' && bytes[1] == '-';
    if (!dashes || !boundary(BoundaryLine.read(bytes, length), start, next)) {
      text(bytes, length, lineEnd, next, dashes);
    }
    previousLineEnd = lineEnd;
  }

  @Override
  public void skipped(int lineEnd) {
    previousLineEnd = lineEnd;
  }

  private void text(byte[] bytes, int length, int lineEnd, long next, boolean dashes) {
    if (mode == Mode.HEADER && length == 0) {
      beginBody(header.take(), next);
    } else if (mode == Mode.HEADER) {
      header.line(bytes, length, lineEnd);
    } else if (dashes && mode == Mode.LEAF && PgpArmor.isBegin(bytes, length)) {
      innermost().armorFound();
    }
  }

  /** Whether the line is a boundary of an open multipart; if so, acts on it. */
  private boolean boundary(BoundaryLine line, long start, long next) {
    Integer at = boundaries.get(line.text());
    boolean closing = at == null;
    if (closing) {
      at = line.closes().isEmpty() ? null : boundaries.get(line.closes());
    }
    if (at == null) {
      return false;
    }
    if (mode == Mode.HEADER) {
      beginBody(header.take(), start);
    }
    closeAbove(at + 1, start - previousLineEnd);
    mode = Mode.BETWEEN;
    if (closing) {
      forgetBoundary(at);
    } else {
      push(innermost().child(next));
      mode = Mode.HEADER;
    }
    return true;
  }

  /** The innermost part's header is read; decides what its body is. */
  private void beginBody(HeaderBlock read, long bodyStart) {
    OpenEntity entity = innermost();
    entity.header(read, bodyStart);
    String boundary = entity.type().parameter("boundary").stripTrailing();
    mode = Mode.LEAF;
    if (open.size() >= Limits.DEPTH) {
      return;
    }
    if (entity.type().isMultipart() && !boundary.isEmpty()) {
      boundaries.putIfAbsent(boundary, open.size() - 1);
      boundaryOf.set(open.size() - 1, boundary);
      mode = Mode.BETWEEN;
    } else if (entity.type().isPlainMessage()) {
      push(entity.enclosed());
      mode = Mode.HEADER;
    }
  }

  private OpenEntity innermost() {
    return open.get(open.size() - 1);
  }

  private void push(OpenEntity entity) {
    open.add(entity);
    boundaryOf.add("");
  }

  private void forgetBoundary(int at) {
    boundaries.remove(boundaryOf.get(at), at);
  }

  /** Closes the innermost parts until {@code size} are left open. */
  private void closeAbove(int size, long end) {
    while (open.size() > size) {
      int last = open.size() - 1;
      forgetBoundary(last);
      boundaryOf.remove(last);
      OpenEntity closed = open.remove(last);
      keep(innermost(), closed, end);
    }
  }

  private void keep(OpenEntity parent, OpenEntity child, long end) {
    if (!child.matters() && !parent.keepsAll()) {
      return;
    }
    if (kept == Limits.ENTITIES) {
      complete = false;
    } else {
      kept++;
      parent.add(child.close(end));
    }
  }
}
