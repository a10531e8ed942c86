package hapax.mime;

/** Classes of single bytes. */
final class Ascii {
  private Ascii() {}

  static byte lower(byte value) {
    return value >= 'A' && value <= 'Z' ? (byte) (value + ('a' - 'A')) : value;
  }

  /** Blank, tab, carriage return or line feed. */
  static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\r' || value == '\n';
  }

  /** What a field name is made of (RFC 5322, 3.6.8), the colon left out. */
  static boolean isFieldName(byte value) {
    return value > ' ' && value < 0x7f && value != ':';
  }
}
