package hapax.mime;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A structured field value (RFC 2045, 5.1; RFC 2183): what stands before the first semicolon, and
 * the parameters, decoded (RFC 2231, RFC 2047), their names in lower case.
 *
 * @param value in lower case; empty where the field has none
 */
record FieldValue(String value, Map<String, String> parameters) {
  static final FieldValue NONE = new FieldValue("", Map.of());

  FieldValue {
    value = value.toLowerCase(Locale.ROOT);
    parameters = Map.copyOf(parameters);
  }

  /** The value of a Content-Type field. */
  static FieldValue contentType(byte[] bytes, int length) {
    FieldValue simple = new SimpleFieldParser(bytes, length).parse();
    return simple != null ? simple : Mime4jFieldParser.contentType(bytes, length);
  }

  /** The value of a Content-Disposition field. */
  static FieldValue contentDisposition(byte[] bytes, int length) {
    FieldValue simple = new SimpleFieldParser(bytes, length).parse();
    return simple != null ? simple : Mime4jFieldParser.contentDisposition(bytes, length);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
