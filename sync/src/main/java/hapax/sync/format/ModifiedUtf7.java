package hapax.sync.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Mailbox names in modified UTF-7 (RFC 3501, 5.1.3): printable ASCII stands for itself, {@code &-}
 * for an ampersand, and {@code &...-} holds UTF-16 in base64 with a comma for the slash and no
 * padding.
 */
final class ModifiedUtf7 {
  private ModifiedUtf7() {}

  /** The name in printable ASCII. */
  static String encode(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); ) {
      if (isDirect(name.charAt(i))) {
        out.append(name.charAt(i) == '&' ? "&-" : name.substring(i, i + 1));
        i++;
      } else {
        int end = endOfShift(name, i);
        out.append('&').append(toBase64(name.substring(i, end))).append('-');
        i = end;
      }
    }
    return out.toString();
  }

  /** The name that {@code text} encodes; empty if it encodes none. */
  static Optional<String> decode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (!isDirect(c)) {
        return Optional.empty();
      }
      if (c != '&') {
        out.append(c);
        i++;
        continue;
      }
      int end = text.indexOf('-', i);
      if (end < 0 || !appendShift(text.substring(i + 1, end), out)) {
        return Optional.empty();
      }
      i = end + 1;
    }
    return isWellFormed(out) ? Optional.of(out.toString()) : Optional.empty();
  }

  private static boolean isDirect(char c) {
    return c >= 0x20 && c <= 0x7e;
  }

  private static int endOfShift(String name, int from) {
    int end = from;
    while (end < name.length() && !isDirect(name.charAt(end))) {
      end++;
    }
    return end;
  }

  private static String toBase64(String run) {
    byte[] utf16 = new byte[2 * run.length()];
    for (int i = 0; i < run.length(); i++) {
      utf16[2 * i] = (byte) (run.charAt(i) >> 8);
      utf16[2 * i + 1] = (byte) run.charAt(i);
    }
    return Base64.getEncoder().withoutPadding().encodeToString(utf16).replace('/', ',');
  }

  private static boolean appendShift(String base64, StringBuilder out) {
    if (base64.isEmpty()) {
      out.append('&');
      return true;
    }
    if (base64.indexOf('/') >= 0) {
      return false;
    }
    byte[] utf16;
    try {
      utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
    } catch (IllegalArgumentException notBase64) {
      // The caller takes the name as plain text then.
      return false;
    }
    String run = new String(utf16, StandardCharsets.UTF_16BE);
    if (utf16.length % 2 != 0 || !toBase64(run).equals(base64)) {
      return false;
    }
    out.append(run);
    return true;
  }

  private static boolean isWellFormed(CharSequence text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
