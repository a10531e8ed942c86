package hapax.mime;

/** Reads what {@link ByteSink} wrote, and says where and what when it is not that. */
final class ByteReader {
  /** Bytes of the longest number. */
  private static final int LONGEST_NUMBER = 9;

  private final byte[] bytes;
  private final int end;
  private final String what;
  private int at;

  /** Reads {@code bytes[from, to)}; {@code what} names them in errors. */
  ByteReader(byte[] bytes, int from, int to, String what) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.what = what;
  }

  int position() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  int next(String expected) {
    if (at == end) {
      throw wrong(at, expected, "the end");
    }
    return bytes[at++] & 0xff;
  }

  /** An unsigned number of at most 63 bits, in as few bytes as it needs. */
  long number(String expected) {
    int start = at;
    long value = 0;
    for (int shift = 0; shift < 7 * LONGEST_NUMBER; shift += 7) {
      int b = next(expected);
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        if (b == 0 && shift > 0) {
          throw wrong(start, expected, "a number with empty high bytes");
        }
        return value;
      }
    }
    throw wrong(start, expected, "a number of more than " + LONGEST_NUMBER + " bytes");
  }

  /** A number that is at most {@code most}. */
  long number(String expected, long most) {
    int start = at;
    long value = number(expected);
    if (value > most) {
      throw wrong(start, expected + " of at most " + most, Long.toString(value));
    }
    return value;
  }

  /** Steps over as many bytes as the number before them says; returns where they start. */
  int skipCounted(String expected) {
    int length = (int) number("length of " + expected, Integer.MAX_VALUE);
    if (length > end - at) {
      throw wrong(at, length + " bytes of " + expected, remaining() + " bytes");
    }
    int start = at;
    at += length;
    return start;
  }

  IllegalArgumentException wrong(int offset, String expected, String found) {
    return new IllegalArgumentException(
        what + " at offset " + offset + ": expected " + expected + ", found " + found);
  }
}
