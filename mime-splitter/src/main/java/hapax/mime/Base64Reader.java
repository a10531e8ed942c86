package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes base64 text apart into content and shape, in one pass. Rows like the one before are copied
 * and decoded in bulk without looking at their characters; when the decoder objects, that stretch
 * is gone over again one byte at a time. Both ways give the same shape.
 */
final class Base64Reader {
  /** A row that is longer than this is tried in bulk. */
  private static final int LONG_ROW = 1024;

  private final Window window;
  private final EndOfContent endOfContent;
  private final ShapeBuilder builder = new ShapeBuilder();
  private final DigitStrip strip = new DigitStrip();
  private final byte[] gap = new byte[ShapeCode.LONGEST_GAP];

  private long start;
  private long at;

  /** Where the content ends as far as is known; what follows is the tail. */
  private long end;

  /** Up to here the bulk way has failed. */
  private long oddUntil;

  Base64Reader(Window window) {
    this.window = window;
    this.endOfContent = new EndOfContent(window);
  }

  PartReader.Reading read(long from, long to, OutputStream content) throws IOException {
    builder.clear();
    strip.open(content);
    start = from;
    at = from;
    oddUntil = from;
    end = endOfContent.beforeTrailingText(from, to);
    readRows();
    endStretch();
    if (at < end || !appendTail(to) || ShapeLimits.isTooDear(builder.cost(), to - from)) {
      return refuse();
    }
    return finish(to - from);
  }

  /** Lets go of the sink. */
  void close() {
    strip.close();
  }

  private PartReader.Reading finish(long textLength) {
    byte[] code = builder.finish();
    if (strip.contentLength() == 0 || ShapeLimits.isTooDear(code.length, textLength)) {
      return refuse();
    }
    return new PartReader.Reading.Shaped(new Base64Shape(code), strip.contentLength());
  }

  private PartReader.Reading refuse() {
    boolean none = strip.contentLength() == 0;
    return new PartReader.Reading.Refused(none ? Unshared.NOT_BASE64 : Unshared.ODD_BASE64);
  }

  private void readRows() throws IOException {
    while (at < end && !isHopeless()) {
      if (at < oddUntil || !readRun()) {
        readRow();
      }
    }
  }

  private boolean isHopeless() {
    return ShapeLimits.isHopeless(builder.cost(), at - start);
  }

  /** Rows like the last one, as many as the strip takes; false if there is not even one. */
  private boolean readRun() throws IOException {
    if (!builder.isRun()) {
      return false;
    }
    long width = builder.runWidth();
    byte[] runGap = builder.runGap();
    if (width == 0 || width > DigitStrip.CAPACITY / 2 || !isPlain(runGap)) {
      return false;
    }
    window.show(at, (int) width + runGap.length + 1);
    int from = window.index(at);
    int before = strip.filled;
    int to = copyRows(from, (int) width, runGap);
    if (to == from) {
      return false;
    }
    if (!strip.drain()) {
      strip.filled = before;
      oddUntil = window.base + to;
      return false;
    }
    builder.extendRun((to - from) / (width + runGap.length));
    at += to - from;
    return true;
  }

  private static boolean isPlain(byte[] runGap) {
    for (byte b : runGap) {
      if (b == '=') {
        return false;
      }
    }
    return runGap.length > 0;
  }

  /** Copies rows while their gaps are as expected; returns the index behind them. */
  private int copyRows(int from, int width, byte[] runGap) {
    byte[] text = window.buffer;
    int row = width + runGap.length;
    int last = (int) Math.min(window.limit, end - window.base) - row - 1;
    int room = DigitStrip.CAPACITY - width;
    int i = from;
    while (i <= last
        && strip.filled <= room
        && isGap(text, i + width, runGap)
        && Base64Alphabet.contains(text[i + row])) {
      System.arraycopy(text, i, strip.digits, strip.filled, width);
      strip.filled += width;
      i += row;
    }
    return i;
  }

  private static boolean isGap(byte[] text, int from, byte[] runGap) {
    for (int i = 0; i < runGap.length; i++) {
      if (text[from + i] != runGap[i]) {
        return false;
      }
    }
    return true;
  }

  /** One row: characters, then all bytes up to the next character. */
  private void readRow() throws IOException {
    long width = readDigits();
    int length = 0;
    int pads = 0;
    boolean lineEnds = false;
    while (at < end) {
      window.show(at, 1);
      byte b = window.buffer[window.index(at)];
      if (Base64Alphabet.contains(b)) {
        break;
      }
      if (length == gap.length) {
        builder.row(width, gap, length);
        width = 0;
        length = 0;
        if (isHopeless()) {
          return;
        }
      }
      gap[length++] = b;
      pads += b == '=' ? 1 : 0;
      lineEnds |= b == '\n' && pads > 0;
      at++;
    }
    builder.row(width, gap, length);
    if (pads > 0 && at < end) {
      afterPadding(pads, lineEnds);
    }
  }

  private long readDigits() throws IOException {
    long from = at;
    while (at < end) {
      window.show(at, 1);
      if (at - from >= LONG_ROW && at >= oddUntil && readBulk()) {
        continue;
      }
      int i = window.index(at);
      int to = (int) Math.min(window.limit, end - window.base);
      int room = DigitStrip.CAPACITY - strip.filled;
      int stop = Base64Alphabet.end(window.buffer, i, Math.min(to, i + room));
      System.arraycopy(window.buffer, i, strip.digits, strip.filled, stop - i);
      strip.filled += stop - i;
      i = stop;
      at = window.base + i;
      if (strip.filled == DigitStrip.CAPACITY) {
        strip.drain();
      } else if (i < to) {
        break;
      }
    }
    return at - from;
  }

  /** A piece out of a long row; false if it holds anything but characters. */
  private boolean readBulk() throws IOException {
    int i = window.index(at);
    int to = (int) Math.min(window.limit, end - window.base);
    int length = Math.min(to - i, DigitStrip.CAPACITY - strip.filled);
    int before = strip.filled;
    System.arraycopy(window.buffer, i, strip.digits, before, length);
    strip.filled += length;
    if (strip.drain()) {
      at += length;
      return true;
    }
    strip.filled = before;
    oddUntil = at + length;
    return false;
  }

  /** Decides whether padding ended the content, only a stretch of it, or is junk. */
  private void afterPadding(int pads, boolean lineEnds) throws IOException {
    int rest = strip.filled & 3;
    boolean complete = (rest == 2 && pads >= 2) || (rest == 3 && pads >= 1);
    if (endOfContent.goesOnAt(at, end)) {
      if (complete) {
        endStretch();
      }
    } else if (complete || lineEnds) {
      end = at;
    }
  }

  private void endStretch() throws IOException {
    int bits = strip.end();
    if (bits >= 0) {
      builder.endStretch(bits);
    }
  }

  private boolean appendTail(long to) throws IOException {
    if (at == to) {
      return true;
    }
    if (ShapeLimits.isTooDear(builder.cost() + (to - at), to - start)) {
      return false;
    }
    builder.tail(to - at);
    while (at < to) {
      window.show(at, 1);
      int length = (int) (Math.min(window.end(), to) - at);
      builder.tailBytes(window.buffer, window.index(at), length);
      at += length;
    }
    return true;
  }
}
