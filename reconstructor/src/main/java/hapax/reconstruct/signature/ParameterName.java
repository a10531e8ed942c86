package hapax.reconstruct.signature;

import java.util.Locale;
import java.util.Map;

/**
 * The name of a parameter as it may be written: {@code boundary}, or with the extensions of RFC
 * 2231, {@code boundary*} for a coded value, {@code boundary*0} and {@code boundary*1*} for pieces.
 *
 * @param base without the extensions, in lower case
 * @param piece which piece it is, 0 for the first or only one
 * @param coded whether bytes of the value are written {@code %XX}
 */
record ParameterName(String base, int piece, boolean coded) {
  /** More pieces make no boundary. */
  private static final int MOST_PIECES = 100;

  static ParameterName of(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    if (name.indexOf('*') < 0) {
      return new ParameterName(name, 0, false);
    }
    boolean coded = name.endsWith("*");
    String plain = coded ? name.substring(0, name.length() - 1) : name;
    int star = plain.indexOf('*');
    String number = plain.substring(star + 1);
    boolean pieces = star >= 0 && number.matches("[0-9]{1,2}");
    return pieces
        ? new ParameterName(plain.substring(0, star), Integer.parseInt(number), coded)
        : new ParameterName(plain, 0, coded);
  }

  /** Adds a value under this name; the first of a name wins, pieces come in order. */
  void put(String value, Map<String, String> into) {
    String plain = coded ? decode(value) : value;
    if (piece == 0) {
      into.putIfAbsent(base, plain);
    } else if (piece < MOST_PIECES) {
      into.merge(base, plain, String::concat);
    }
  }

  /** The first piece begins with character set and language, each with a quote after it. */
  private String decode(String value) {
    int quote = piece == 0 ? value.indexOf('\'', value.indexOf('\'') + 1) : -1;
    String text = value.substring(quote + 1);
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (text.charAt(i) == '%' && low >= 0) {
        out.append((char) (high << 4 | low));
        i += 2;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }
}
