package hapax.reconstruct.signature;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Passes a body on in canonical form (RFC 6376 sections 3.4.3 and 3.4.4): empty lines at the end
 * go; relaxed also evens out blanks. Memory does not grow with the body.
 *
 * <p>Most of a body is already canonical, so the longest stretch that is goes on in one piece.
 */
final class BodyCanon extends OutputStream {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] SPACE = {' '};

  private final OutputStream out;
  private final boolean relaxed;
  private final boolean endsWhenEmpty;
  private long lineEnds;
  private boolean blank;
  private boolean carriageReturn;
  private boolean empty = true;

  BodyCanon(Canon canon, OutputStream out) {
    this(canon == Canon.RELAXED, canon == Canon.SIMPLE, out);
  }

  private BodyCanon(boolean relaxed, boolean endsWhenEmpty, OutputStream out) {
    this.relaxed = relaxed;
    this.endsWhenEmpty = endsWhenEmpty;
    this.out = out;
  }

  /** As DomainKeys has it: of a body of empty lines nothing remains (RFC 4870 section 3.4.2.1). */
  static BodyCanon ofDomainKeys(OutputStream out) {
    return new BodyCanon(false, false, out);
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
      if (carriageReturn) {
        carriageReturn = false;
        if (b == '\n') {
          lineEnds++;
          blank = false;
          i++;
          continue;
        }
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
        int stop = stretch(bytes, i, end);
        out.write(bytes, i, stop - i);
        i = stop;
      }
    }
  }

  /**
   * The end of the stretch from {@code from} on that is canonical whatever follows it: line ends
   * before an uneven blank or the end may be the body's last.
   */
  private int stretch(byte[] bytes, int from, int end) {
    int stop = relaxed ? ByteScan.unevenBlank(bytes, from, end) : end;
    stop -= relaxed && stop > from + 1 && bytes[stop - 1] == ' ' ? 1 : 0; // before a tab
    stop -= stop == end && bytes[stop - 1] == '\r' ? 1 : 0;
    while (stop > from + 1 && bytes[stop - 2] == '\r' && bytes[stop - 1] == '\n') {
      stop -= 2;
    }
    return stop;
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
  }
}
