package hapax.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The raw value of one Content-* field while its header is read; the memory is used again. */
final class ContentField {
  /** Bytes of a value that are kept; the rest is passed over. */
  static final int CAPACITY = 16 << 10;

  private final byte[] name;
  private byte[] bytes = new byte[128];
  private int length;
  private boolean seen;

  /**
   * @param name the part of the field's name behind {@code content-}, in lower case
   */
  ContentField(String name) {
    this.name = name.getBytes(StandardCharsets.US_ASCII);
  }

  void clear() {
    length = 0;
    seen = false;
  }

  boolean seen() {
    return seen;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Marks the field as seen; from now on {@link #append} takes its value. */
  void start() {
    seen = true;
  }

  void append(byte[] from, int offset, int count) {
    int taken = Math.min(count, CAPACITY - length);
    if (length + taken > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + taken, 2 * bytes.length));
    }
    System.arraycopy(from, offset, bytes, length, taken);
    length += taken;
  }

  /** Whether {@code line[from, to)} goes on with this field's name, in any case. */
  boolean isNamed(byte[] line, int from, int to) {
    if (to - from < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (Ascii.lower(line[from + i]) != name[i]) {
        return false;
      }
    }
    return true;
  }

  int nameLength() {
    return name.length;
  }

  /** The value's first word in lower case, without quotes. */
  String token() {
    int from = 0;
    while (from < length && (Ascii.isBlank(bytes[from]) || bytes[from] == '"')) {
      from++;
    }
    int to = from;
    while (to < length && bytes[to] > ' ' && ";(\"".indexOf(bytes[to]) < 0) {
      to++;
    }
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
  }
}
