package hapax.reconstruct.signature;

import java.util.Base64;

/** Small readings of ASCII text. */
final class Ascii {
  private Ascii() {}

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** Without any blanks and folds. */
  static String squeeze(String text) {
    int plain = 0;
    while (plain < text.length() && !isBlank(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!isBlank(text.charAt(i))) {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /** DKIM's quoted-printable (RFC 6376 section 2.11): blanks mean nothing, {@code =XX} a byte. */
  static String quotedPrintable(String text) {
    String squeezed = squeeze(text);
    StringBuilder out = new StringBuilder(squeezed.length());
    for (int i = 0; i < squeezed.length(); i++) {
      int high = i + 2 < squeezed.length() ? Character.digit(squeezed.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(squeezed.charAt(i + 2), 16) : -1;
      if (squeezed.charAt(i) == '=' && low >= 0) {
        out.append((char) (high << 4 | low));
        i += 2;
      } else {
        out.append(squeezed.charAt(i));
      }
    }
    return out.toString();
  }

  /** Base64 that may be folded; missing padding is let pass, anything else is a fault. */
  static byte[] base64(String text, String what) throws SyntaxFault {
    try {
      return Base64.getDecoder().decode(squeeze(text));
    } catch (IllegalArgumentException e) {
      throw new SyntaxFault(what + " is not base64: " + e.getMessage());
    }
  }

  /** A number; one of more than 15 digits is as good as the largest. RFC 6376 allows 76. */
  static long number(String text, String what) throws SyntaxFault {
    boolean digits = !text.isEmpty() && text.chars().allMatch(Ascii::isDigit);
    if (!digits || text.length() > 76) {
      throw new SyntaxFault(what + " is not a number: " + text);
    }
    return text.length() > 15 ? Long.MAX_VALUE : Long.parseLong(text);
  }

  /**
   * The text with a blank for each comment. Comments may nest, and hide a parenthesis behind a
   * backslash (RFC 5322 section 3.2.2); one that does not end hides all that follows.
   */
  static String withoutComments(String value) {
    StringBuilder rest = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '(') {
        depth++;
      } else if (depth == 0) {
        rest.append(c);
      } else if (c == ')') {
        depth--;
        rest.append(' ');
      } else if (c == '\\') {
        i++;
      }
    }
    return rest.toString();
  }
}
