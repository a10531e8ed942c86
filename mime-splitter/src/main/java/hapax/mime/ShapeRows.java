package hapax.mime;

import java.util.Arrays;

/** Walks over the byte code of a shape, one step at a time. */
final class ShapeRows {
  /** What a step is. */
  enum Step {
    /** {@link #count} rows of {@link #width} characters and a gap. */
    ROWS,
    /** A stretch ends with {@link #bits}. */
    STRETCH_END,
    /** The text behind the content, {@link #bytes}{@code [from, from + length)}. */
    TAIL,
    /** Nothing follows. */
    END
  }

  private final byte[] code;
  private final ByteReader reader;
  private int[] ownFrom = new int[4];
  private int[] ownLength = new int[4];
  private int gaps = ShapeCode.firstOwnGap();
  private boolean ended;

  long width;
  long count;
  int bits;

  /** Where the step's gap or tail stands; not to be changed. */
  byte[] bytes;

  int from;
  int length;

  ShapeRows(byte[] code) {
    this.code = code;
    this.bytes = code;
    this.reader = new ByteReader(code, 0, code.length, "shape");
  }

  int position() {
    return reader.position();
  }

  IllegalArgumentException wrong(int offset, String expected, String found) {
    return reader.wrong(offset, expected, found);
  }

  /** Whether the last gap or tail has this byte in it. */
  boolean gapHolds(byte wanted) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes the next step.
   *
   * @throws IllegalArgumentException if the code is none
   */
  Step next() {
    if (reader.remaining() == 0) {
      return Step.END;
    }
    int start = reader.position();
    int operation = reader.next("an operation");
    if (ended) {
      throw wrong(start, "the end after the tail", Integer.toString(operation));
    }
    return step(operation, start);
  }

  private Step step(int operation, int start) {
    return switch (operation) {
      case ShapeCode.RUN -> {
        gap(reader.next("a gap number"), start);
        width = reader.number("width");
        count = reader.number("count");
        yield rows(start);
      }
      case ShapeCode.NEW_BYTE_ROW -> {
        reader.next("gap");
        yield newRow(1, start);
      }
      case ShapeCode.NEW_ROW -> newRow(counted("gap"), start);
      case ShapeCode.STRETCH_END -> {
        bits = (int) reader.number("bits", 63);
        yield Step.STRETCH_END;
      }
      case ShapeCode.TAIL -> {
        counted("tail");
        ended = true;
        yield Step.TAIL;
      }
      default -> {
        gap(operation, start);
        width = reader.number("width");
        count = 1;
        yield rows(start);
      }
    };
  }

  private Step rows(int start) {
    if (count == 0 || (width == 0 && length == 0)) {
      throw wrong(start, "rows that are not empty", count + " of width " + width);
    }
    return Step.ROWS;
  }

  private Step newRow(int gapLength, int start) {
    bytes = code;
    length = gapLength;
    from = reader.position() - gapLength;
    if (length == 0 || length > ShapeCode.LONGEST_GAP) {
      throw wrong(start, "a gap of 1 to " + ShapeCode.LONGEST_GAP, Integer.toString(length));
    }
    define();
    width = reader.number("width");
    count = 1;
    return rows(start);
  }

  private void define() {
    int own = gaps - ShapeCode.firstOwnGap();
    if (gaps < ShapeCode.RUN) {
      if (own == ownFrom.length) {
        ownFrom = Arrays.copyOf(ownFrom, 2 * own);
        ownLength = Arrays.copyOf(ownLength, 2 * own);
      }
      ownFrom[own] = from;
      ownLength[own] = length;
      gaps++;
    }
  }

  private int counted(String what) {
    from = reader.skipCounted(what);
    length = reader.position() - from;
    bytes = code;
    return length;
  }

  private void gap(int number, int start) {
    if (number >= gaps) {
      throw wrong(start, "an operation or a gap number below " + gaps, Integer.toString(number));
    }
    int own = number - ShapeCode.firstOwnGap();
    bytes = own < 0 ? ShapeCode.commonGap(number) : code;
    from = own < 0 ? 0 : ownFrom[own];
    length = own < 0 ? bytes.length : ownLength[own];
  }
}
