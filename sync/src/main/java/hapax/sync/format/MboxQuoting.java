package hapax.sync.format;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The mboxrd rule, both ways: a line of any number of angles and then {@code From } gets one angle
 * more on its way into an mbox, and loses one on its way out. Nothing else changes, so it can
 * always be undone.
 */
final class MboxQuoting extends OutputStream {
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

  /** In a line that is decided: its bytes go through as they are. */
  private static final int DECIDED = -1;

  private final OutputStream out;
  private final int change;

  /** Angles at the beginning of the line, and letters matched after them, that wait. */
  private long angles;

  private int letters;

  private MboxQuoting(OutputStream out, int change) {
    this.out = out;
    this.change = change;
  }

  /** Writes quoted lines to {@code out}; {@link #finish} ends it. */
  static MboxQuoting quoting(OutputStream out) {
    return new MboxQuoting(out, 1);
  }

  /** Writes lines without their quoting to {@code out}; {@link #finish} ends it. */
  static MboxQuoting unquoting(OutputStream out) {
    return new MboxQuoting(out, -1);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    for (int at = offset; at < end; ) {
      at = letters == DECIDED ? passLine(bytes, at, end) : matchLine(bytes, at, end);
    }
  }

  /** Lets the rest of the line through. */
  private int passLine(byte[] bytes, int from, int end) throws IOException {
    int newline = LineWindow.endOfLine(bytes, from, end);
    int to = Math.min(end, newline + 1);
    out.write(bytes, from, to - from);
    letters = newline < end ? 0 : DECIDED;
    return to;
  }

  /** Takes bytes of the beginning of a line until it is decided; returns where the rest begins. */
  private int matchLine(byte[] bytes, int from, int end) throws IOException {
    for (int at = from; at < end; at++) {
      if (letters == 0 && bytes[at] == '>') {
        angles++;
      } else if (bytes[at] != FROM[letters]) {
        release(0);
        return at;
      } else if (++letters == FROM.length) {
        release(change);
        return at + 1;
      }
    }
    return end;
  }

  private void release(int more) throws IOException {
    for (long left = Math.max(0, angles + more); left > 0; left--) {
      out.write('>');
    }
    out.write(FROM, 0, letters);
    angles = 0;
    letters = DECIDED;
  }

  /** Lets out what waits, at the end of the text, and is ready for another text. */
  void finish() throws IOException {
    if (letters != DECIDED) {
      release(0);
    }
    letters = 0;
  }

  /** The sink is the caller's. */
  @Override
  public void close() throws IOException {
    finish();
  }
}
