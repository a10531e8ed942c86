package hapax.reconstruct.signature;

import java.io.IOException;
import java.io.OutputStream;

/** Text whose line ends are CRLF alone: stretches go on as they stand, without a copy. */
final class KeptText extends BodyText {
  private final boolean relaxed;
  private final OutputStream out;

  KeptText(boolean relaxed, OutputStream out) {
    this.relaxed = relaxed;
    this.out = out;
  }

  @Override
  int take(byte[] bytes, int from, int end) throws IOException {
    int stop = stretch(bytes, from, end);
    out.write(bytes, from, stop - from);
    return stop;
  }

  private int stretch(byte[] bytes, int from, int end) {
    int stop = relaxed ? ByteScan.unevenBlank(bytes, from, end) : end;
    stop -= relaxed && stop > from + 1 && bytes[stop - 1] == ' ' ? 1 : 0; // before a tab
    stop -= stop == end && bytes[stop - 1] == '\r' ? 1 : 0;
    while (stop > from + 1 && bytes[stop - 2] == '\r' && bytes[stop - 1] == '\n') {
      stop -= 2;
    }
    return stop;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }
}
