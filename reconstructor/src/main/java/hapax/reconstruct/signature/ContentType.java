package hapax.reconstruct.signature;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a part says it is: type, parameters, encoding (RFC 2045).
 *
 * @param name type/subtype, in lower case
 * @param parameters by name in lower case; {@code filename} is taken from Content-Disposition
 * @param encoding the transfer encoding, in lower case
 */
record ContentType(String name, Map<String, String> parameters, String encoding) {
  /** Longer fields are not looked at: they can name no boundary that a line could match. */
  private static final int LONGEST_FIELD = 64 << 10;

  static ContentType of(HeaderBlock header, String otherwise) {
    String type = first(header, "content-type", otherwise);
    Map<String, String> parameters = new HashMap<>();
    int semicolon = type.indexOf(';');
    if (semicolon >= 0) {
      parameters(type, semicolon, parameters);
    }
    String disposition = first(header, "content-disposition", "");
    if (disposition.contains("filename")) {
      parameters(disposition, Math.max(0, disposition.indexOf(';')), parameters);
    }
    String name = Ascii.squeeze(semicolon < 0 ? type : type.substring(0, semicolon));
    String encoding = Ascii.squeeze(first(header, "content-transfer-encoding", ""));
    return new ContentType(
        name.toLowerCase(Locale.ROOT), Map.copyOf(parameters), encoding.toLowerCase(Locale.ROOT));
  }

  private static String first(HeaderBlock header, String name, String otherwise) {
    List<HeaderField> fields = header.named(name);
    if (fields.isEmpty() || fields.get(0).next() - fields.get(0).start() > LONGEST_FIELD) {
      return otherwise;
    }
    String value = header.raw(fields.get(0)).strip();
    return value.isEmpty() ? otherwise : value;
  }

  private static void parameters(String text, int from, Map<String, String> into) {
    int at = from;
    while (at >= 0 && at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        return;
      }
      String before = text.substring(at, equals);
      String name = Ascii.squeeze(before.substring(before.lastIndexOf(';') + 1));
      StringBuilder value = new StringBuilder();
      at = value(text, equals + 1, value);
      ParameterName.of(name).put(value.toString(), into);
    }
  }

  /** Reads a value, quoted or not; returns where the next parameter may begin. */
  private static int value(String text, int from, StringBuilder out) {
    int at = from;
    while (at < text.length() && Ascii.isBlank(text.charAt(at))) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted(text, at + 1, out);
    }
    int end = at;
    while (end < text.length() && text.charAt(end) != ';' && !Ascii.isBlank(text.charAt(end))) {
      end++;
    }
    out.append(text, at, end);
    return end;
  }

  private static int quoted(String text, int from, StringBuilder out) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        out.append(text.charAt(at));
      } else if (c != '\r' && c != '\n') {
        out.append(c);
      }
      at++;
    }
    return at + 1;
  }

  String parameter(String key) {
    return parameters.getOrDefault(key, "");
  }

  boolean isMultipart() {
    return name.startsWith("multipart/");
  }

  /** Whether the body is a message as it stands, not encoded. */
  boolean isPlainMessage() {
    return (name.equals("message/rfc822") || name.equals("message/global")) && !isEncoded();
  }

  boolean isEncoded() {
    return encoding.equals("base64") || encoding.equals("quoted-printable");
  }

  /** Whether this is, or by its name should be, CMS that is no detached signature. */
  boolean isPkcs7Mime() {
    return name.equals("application/pkcs7-mime")
        || name.equals("application/x-pkcs7-mime")
        || (name.equals("application/octet-stream") && hasP7mName());
  }

  private boolean hasP7mName() {
    return parameter("name").toLowerCase(Locale.ROOT).endsWith(".p7m")
        || parameter("filename").toLowerCase(Locale.ROOT).endsWith(".p7m");
  }
}
