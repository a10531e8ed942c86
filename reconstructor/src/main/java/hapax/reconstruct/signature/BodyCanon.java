package hapax.reconstruct.signature;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Passes a body on in canonical form (RFC 6376 sections 3.4.3 and 3.4.4): empty lines at the end
 * go; relaxed also evens out blanks. Over CRLF a bare line feed is a line end too. Memory does not
 * grow with the body.
 *
 * <p>Most of a body is already canonical, so the longest stretch that is goes on in one piece.
 */
final class BodyCanon extends OutputStream {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] SPACE = {' '};

  private final BodyText out;
  private final boolean relaxed;
  private final boolean feedEnds;
  private final boolean endsWhenEmpty;
  private long lineEnds;
  private boolean blank;
  private boolean carriageReturn;
  private boolean empty = true;

  BodyCanon(Canon canon, LineEnds ends, OutputStream out) {
    this(canon == Canon.RELAXED, canon == Canon.SIMPLE, ends, out);
  }

  private BodyCanon(boolean relaxed, boolean endsWhenEmpty, LineEnds ends, OutputStream out) {
    this.relaxed = relaxed;
    this.endsWhenEmpty = endsWhenEmpty;
    this.feedEnds = ends == LineEnds.CRLF;
    this.out = BodyText.of(ends, relaxed, out);
  }

  /** As DomainKeys has it: of a body of empty lines nothing remains (RFC 4870 section 3.4.2.1). */
  static BodyCanon ofDomainKeys(LineEnds ends, OutputStream out) {
    return new BodyCanon(false, false, ends, out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      byte b = bytes[i];
      if (b == '\n' && (carriageReturn || feedEnds)) {
        carriageReturn = false;
        blank = false;
        lineEnds++;
        i++;
        continue;
      }
      if (carriageReturn) {
        carriageReturn = false;
        flushPending();
        out.write('\r');
      }
      if (b == '\r') {
        carriageReturn = true;
        i++;
      } else if (relaxed && HeaderBlock.isBlank(b)) {
        blank = true;
        i++;
      } else {
        flushPending();
        i = out.take(bytes, i, end);
      }
    }
  }

  private void flushPending() throws IOException {
    empty = false;
    for (; lineEnds > 0; lineEnds--) {
      out.write(LINE_END);
    }
    if (blank) {
      out.write(SPACE);
      blank = false;
    }
  }

  /** Writes what the end of the body decides; nothing may be written after it. */
  void end() throws IOException {
    if (carriageReturn) {
      flushPending();
      out.write('\r');
    }
    if (endsWhenEmpty || !empty) {
      out.write(LINE_END);
    }
    out.flush();
  }
}
