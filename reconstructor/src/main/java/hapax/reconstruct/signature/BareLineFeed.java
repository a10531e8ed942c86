package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.io.OutputStream;

/** Looks for a line feed without a carriage return before it. */
final class BareLineFeed extends OutputStream {
  /** Read at a time: mail that is kept with bare line feeds shows it at once. */
  private static final int CHUNK = 64 << 10;

  /** SMTP allows lines of 1,000 bytes. */
  private static final int FIRST_LINES = 1_000;

  private byte last;
  private boolean seen;

  private BareLineFeed() {}

  static boolean isIn(ByteSource source, long from, long to) throws IOException {
    BareLineFeed probe = new BareLineFeed();
    for (long at = from; at < to && !probe.seen; at += CHUNK) {
      source.copyTo(at, Math.min(at + CHUNK, to), probe);
    }
    return probe.seen;
  }

  /** Whether the first line end is one, if the first lines are no longer than honest ones. */
  static boolean isFirst(ByteSource source, long from, long to) throws IOException {
    FixedBuffer start = new FixedBuffer((int) Math.min(FIRST_LINES, to - from));
    source.copyTo(from, from + start.bytes().length, start);
    int feed = ByteScan.indexOf(start.bytes(), 0, start.length(), '\n');
    return feed < start.length() && (feed == 0 || start.bytes()[feed - 1] != '\r');
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int from = offset; from < end && !seen; ) {
      int feed = ByteScan.indexOf(bytes, from, end, '\n');
      seen = feed < end && (feed == offset ? last : bytes[feed - 1]) != '\r';
      from = feed + 1;
    }
    if (length > 0) {
      last = bytes[end - 1];
    }
  }
}
