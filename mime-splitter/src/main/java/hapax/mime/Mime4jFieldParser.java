package hapax.mime;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.ContentDispositionField;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.ContentDispositionFieldLenientImpl;
import org.apache.james.mime4j.field.ContentTypeFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * Reads any field value with Mime4j: comments, quoting, RFC 2231 continuations and character sets,
 * RFC 2047 words in parameters. What Mime4j can not read, or fails on, counts as an empty value.
 */
final class Mime4jFieldParser {
  private Mime4jFieldParser() {}

  static FieldValue contentType(byte[] bytes, int length) {
    try {
      RawField raw = raw("Content-Type: ", bytes, length);
      ContentTypeField field = ContentTypeFieldLenientImpl.PARSER.parse(raw, DecodeMonitor.SILENT);
      return value(field.getMimeType(), field.getParameters());
    } catch (MimeException | RuntimeException unreadable) {
      // A field decides only what is looked into and how a part is named, never what is kept, so a
      // parser that stumbles over hostile bytes costs sharing and nothing else.
      return FieldValue.NONE;
    }
  }

  static FieldValue contentDisposition(byte[] bytes, int length) {
    try {
      RawField raw = raw("Content-Disposition: ", bytes, length);
      ContentDispositionField field =
          ContentDispositionFieldLenientImpl.PARSER.parse(raw, DecodeMonitor.SILENT);
      Map<String, String> parameters = new HashMap<>(field.getParameters());
      if (field.getFilename() != null) {
        parameters.put("filename", field.getFilename());
      }
      return value(field.getDispositionType(), parameters);
    } catch (MimeException | RuntimeException unreadable) {
      // As above.
      return FieldValue.NONE;
    }
  }

  private static RawField raw(String name, byte[] bytes, int length) throws MimeException {
    byte[] prefix = name.getBytes(StandardCharsets.US_ASCII);
    ByteArrayBuffer field = new ByteArrayBuffer(prefix.length + length);
    field.append(prefix, 0, prefix.length);
    field.append(bytes, 0, length);
    return RawFieldParser.DEFAULT.parseField(field);
  }

  private static FieldValue value(String value, Map<String, String> parameters) {
    MimeParameterMapping decoded = new MimeParameterMapping();
    Map<String, String> all = new HashMap<>();
    parameters.forEach(
        (name, text) -> {
          if (name != null && text != null) {
            all.put(name, text);
            // Mime4j would take two quotes in a plain parameter for a character set (RFC 2231, 4).
            if (name.indexOf('*') > 0) {
              decoded.addParameter(name, text);
            }
          }
        });
    all.putAll(decoded.getParameters());
    return new FieldValue(value == null ? "" : value, all);
  }
}
