package hapax.mime;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the header of one message or part says about its body. Of each field the first one counts;
 * its value is kept up to {@link ContentField#CAPACITY}.
 */
final class EntityHeader {
  static final String TEXT = "text/plain";
  static final String MESSAGE = "message/rfc822";
  static final String UNKNOWN = "application/octet-stream";

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_TYPE = 255;

  final ContentField type = new ContentField("type");
  final ContentField encoding = new ContentField("transfer-encoding");
  final ContentField disposition = new ContentField("disposition");

  private FieldValue typeValue = FieldValue.NONE;
  private String mediaType = TEXT;
  private String transferEncoding = "";

  void clear() {
    type.clear();
    encoding.clear();
    disposition.clear();
  }

  /** Settles the values once the header was read. */
  void settle(String defaultType) {
    typeValue = type.seen() ? FieldValue.contentType(type.bytes(), type.length()) : FieldValue.NONE;
    mediaType = cleanType(typeValue.value(), defaultType);
    transferEncoding = encoding.seen() ? encoding.token() : "";
  }

  private static String cleanType(String value, String defaultType) {
    int slash = value.indexOf('/');
    if (value.isEmpty() || value.length() > LONGEST_TYPE) {
      return defaultType;
    }
    boolean whole = slash > 0 && slash < value.length() - 1;
    return whole && value.chars().allMatch(c -> c > ' ' && c < 0x7f) ? value : defaultType;
  }

  String mediaType() {
    return mediaType;
  }

  boolean isBase64() {
    return transferEncoding.equals("base64");
  }

  boolean isEmbeddedMessage() {
    return mediaType.equals(MESSAGE) && !isBase64() && !transferEncoding.equals("quoted-printable");
  }

  boolean isMultipart() {
    return mediaType.startsWith("multipart/");
  }

  boolean isDigest() {
    return mediaType.equals("multipart/digest");
  }

  Optional<String> boundary() {
    return typeValue.parameter("boundary");
  }

  /** The file name, decoded, at most {@value #LONGEST_NAME} characters of it. */
  Optional<String> fileName() {
    Supplier<Optional<String>> typeName = () -> typeValue.parameter("name");
    return (disposition.seen() ? dispositionName() : Optional.<String>empty())
        .or(typeName)
        .filter(name -> !name.isBlank())
        .map(name -> name.length() > LONGEST_NAME ? cut(name) : name);
  }

  private Optional<String> dispositionName() {
    return FieldValue.contentDisposition(disposition.bytes(), disposition.length())
        .parameter("filename");
  }

  private static String cut(String name) {
    boolean pair = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
    return name.substring(0, pair ? LONGEST_NAME - 1 : LONGEST_NAME);
  }

  @Override
  public String toString() {
    return mediaType + " " + transferEncoding.toUpperCase(Locale.ROOT);
  }
}
