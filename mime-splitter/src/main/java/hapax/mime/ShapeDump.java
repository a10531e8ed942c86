package hapax.mime;

import java.nio.charset.StandardCharsets;

/** A shape's byte code as text: {@code 76"\r\n" x1000, 40"==\r\n", bits 0}. */
final class ShapeDump {
  private ShapeDump() {}

  static String of(byte[] code) {
    ShapeRows rows = new ShapeRows(code);
    StringBuilder text = new StringBuilder("base64");
    while (true) {
      switch (rows.next()) {
        case ROWS -> {
          text.append(' ').append(rows.width).append(quoted(rows));
          text.append(rows.count > 1 ? " x" + rows.count : "");
        }
        case STRETCH_END -> text.append(" bits ").append(rows.bits);
        case TAIL -> text.append(" tail ").append(quoted(rows));
        case END -> {
          return text.toString();
        }
      }
    }
  }

  private static String quoted(ShapeRows rows) {
    String raw = new String(rows.bytes, rows.from, rows.length, StandardCharsets.ISO_8859_1);
    StringBuilder text = new StringBuilder("\"");
    raw.chars().forEach(c -> text.append(escaped((char) c)));
    return text.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '"', '\\' -> "\\" + c;
      default -> c >= ' ' && c < 0x7f ? Character.toString(c) : String.format("\\x%02x", (int) c);
    };
  }
}
