package hapax.reconstruct.signature;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Undoes quoted-printable (RFC 2045 section 6.7); what is not encoded passes as it stands. */
final class QuotedPrintable extends FilterOutputStream {
  private final byte[] escape = new byte[3];
  private int length;

  QuotedPrintable(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    if (length == 0 && b != '=') {
      out.write(b);
      return;
    }
    escape[length++] = (byte) b;
    if (length == 2 && escape[1] == '\n') {
      length = 0;
    } else if (length == 3) {
      finishEscape();
    }
  }

  private void finishEscape() throws IOException {
    int high = Character.digit(escape[1], 16);
    int low = Character.digit(escape[2], 16);
    boolean softBreak = escape[1] == '\r' && escape[2] == '\n';
    length = 0;
    if (high >= 0 && low >= 0) {
      out.write(high << 4 | low);
    } else if (!softBreak) {
      out.write(escape, 0, 3);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    for (int i = offset; i < offset + count; i++) {
      write(bytes[i]);
    }
  }
}
