package hapax.mime;

import java.io.IOException;
import java.io.OutputStream;

/** Spreads a sequence of alphabet characters over the rows of a shape. */
final class RowLayout {
  private final ShapeRows rows;
  private final OutputStream sink;
  private final byte[] out;
  private int used;

  /** Characters that the open row still takes, and rows of the run from it on. */
  private long rowLeft;

  private long rowsLeft;
  private ShapeRows.Step step;

  RowLayout(Base64Shape shape, OutputStream sink, TextRoom room) {
    this.rows = new ShapeRows(shape.code());
    this.sink = sink;
    this.out = room.text();
    this.step = ShapeRows.Step.END;
    nextRun();
  }

  private void nextRun() {
    step = rows.next();
    while (step == ShapeRows.Step.STRETCH_END) {
      step = rows.next();
    }
    if (step == ShapeRows.Step.ROWS) {
      rowsLeft = rows.count;
      rowLeft = rows.width;
    }
  }

  /** Lays out {@code digits[0, length)}. */
  void put(byte[] digits, int length) throws IOException {
    int at = 0;
    while (step == ShapeRows.Step.ROWS) {
      at += putWholeRows(digits, at, length);
      if (step != ShapeRows.Step.ROWS || (at == length && rowLeft > 0)) {
        return;
      }
      int taken = (int) Math.min(rowLeft, length - at);
      append(digits, at, taken);
      at += taken;
      rowLeft -= taken;
      if (rowLeft > 0) {
        return;
      }
      append(rows.bytes, rows.from, rows.length);
      endRows(1);
    }
  }

  /** Rows that are whole and fit, in one go. */
  private int putWholeRows(byte[] digits, int from, int length) {
    long width = rows.width;
    if (width == 0 || width != rowLeft || width > length - from) {
      return 0;
    }
    int size = (int) width;
    int fit = Math.min((length - from) / size, (out.length - used) / (size + rows.length));
    int whole = (int) Math.min(rowsLeft, fit);
    spread(digits, from, size, whole);
    if (whole > 0) {
      endRows(whole);
    }
    return whole * size;
  }

  private void spread(byte[] digits, int from, int width, int count) {
    if (rows.length != 1 && rows.length != 2) {
      spreadWide(digits, from, width, count);
      return;
    }
    // A line end of one byte is its first and its last.
    int gap = rows.length;
    byte first = rows.bytes[rows.from];
    byte last = rows.bytes[rows.from + gap - 1];
    int to = used;
    int at = from;
    for (int i = 0; i < count; i++) {
      System.arraycopy(digits, at, out, to, width);
      at += width;
      to += width + gap;
      out[to - gap] = first;
      out[to - 1] = last;
    }
    used = to;
  }

  private void spreadWide(byte[] digits, int from, int width, int count) {
    int to = used;
    for (int i = 0; i < count; i++) {
      System.arraycopy(digits, from + i * width, out, to, width);
      System.arraycopy(rows.bytes, rows.from, out, to + width, rows.length);
      to += width + rows.length;
    }
    used = to;
  }

  private void endRows(long count) {
    rowsLeft -= count;
    if (rowsLeft > 0) {
      rowLeft = rows.width;
    } else {
      nextRun();
    }
  }

  private void append(byte[] bytes, int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (used == out.length) {
        flush();
      }
      int taken = Math.min(length - done, out.length - used);
      System.arraycopy(bytes, from + done, out, used, taken);
      used += taken;
      done += taken;
    }
  }

  private void flush() throws IOException {
    sink.write(out, 0, used);
    used = 0;
  }

  /** Writes the gaps and the tail behind the last character. */
  void finish() throws IOException {
    put(out, 0);
    if (step == ShapeRows.Step.TAIL) {
      append(rows.bytes, rows.from, rows.length);
    }
    flush();
  }
}
