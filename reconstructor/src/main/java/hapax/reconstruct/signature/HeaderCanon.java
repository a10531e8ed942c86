package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Header fields in canonical form (RFC 6376 sections 3.4.1 and 3.4.2). */
final class HeaderCanon {
  private HeaderCanon() {}

  /**
   * Writes {@code bytes[start, end)}, one field with its name but without its line end, as {@code
   * canon} wants it, again without a line end. Returns how many bytes that are.
   */
  static int write(Canon canon, byte[] bytes, int start, int end, ByteArrayOutputStream out) {
    int before = out.size();
    if (canon == Canon.SIMPLE) {
      out.write(bytes, start, end - start);
    } else {
      relaxed(bytes, start, end, out);
    }
    return out.size() - before;
  }

  private static void relaxed(byte[] bytes, int start, int end, ByteArrayOutputStream out) {
    int colon = start;
    while (bytes[colon] != ':') {
      colon++;
    }
    int nameEnd = colon;
    while (nameEnd > start && HeaderBlock.isBlank(bytes[nameEnd - 1])) {
      nameEnd--;
    }
    for (int i = start; i < nameEnd; i++) {
      out.write(lower(bytes[i]));
    }
    out.write(':');
    relaxedValue(bytes, colon + 1, end, out);
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  private static void relaxedValue(byte[] bytes, int start, int end, ByteArrayOutputStream out) {
    boolean blank = false;
    boolean begun = false;
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\r' && i + 1 < end && bytes[i + 1] == '\n') {
        i++;
      } else if (HeaderBlock.isBlank(bytes[i])) {
        blank = true;
      } else {
        if (blank && begun) {
          out.write(' ');
        }
        out.write(bytes[i]);
        begun = true;
        blank = false;
      }
    }
  }

  /** A field name as {@code h=} lists it, for comparison. */
  static String listName(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
