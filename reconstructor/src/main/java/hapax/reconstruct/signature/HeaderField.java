package hapax.reconstruct.signature;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where one field stands in the bytes of its header block. */
final class HeaderField {
  private final byte[] header;
  private final int start;
  private final int nameEnd;
  private final int value;
  private final int end;
  private final int next;

  /**
   * A field.
   *
   * @param header the header's bytes, not copied
   * @param start offset of the name
   * @param colon offset of the colon
   * @param end offset of the line end that closes the field
   * @param next offset after that line end
   */
  HeaderField(byte[] header, int start, int colon, int end, int next) {
    int last = colon;
    while (last > start && HeaderBlock.isBlank(header[last - 1])) {
      last--;
    }
    this.header = header;
    this.start = start;
    this.nameEnd = last;
    this.value = colon + 1;
    this.end = end;
    this.next = next;
  }

  /** The name in lower case, without the blanks before the colon. */
  String name() {
    return new String(header, start, nameEnd - start, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT);
  }

  /** Whether this is its name; {@code name} is ASCII in lower case. */
  boolean isNamed(String name) {
    if (name.length() != nameEnd - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      int c = header[start + i];
      if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Offset of the name. */
  int start() {
    return start;
  }

  /** Offset after the colon. */
  int value() {
    return value;
  }

  /** Offset of the line end that closes the field. */
  int end() {
    return end;
  }

  /** Offset after that line end. */
  int next() {
    return next;
  }
}
