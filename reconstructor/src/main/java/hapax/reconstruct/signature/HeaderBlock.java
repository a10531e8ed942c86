package hapax.reconstruct.signature;

import hapax.mime.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of a message or part, with the bytes they stand in. */
final class HeaderBlock {
  private static final int FIRST_READ = 4 << 10;

  private final byte[] bytes;
  private final long bodyStart;
  private final boolean cut;
  private final List<HeaderField> fields;

  private HeaderBlock(byte[] bytes, long bodyStart, boolean cut) {
    this.bytes = bytes;
    this.bodyStart = bodyStart;
    this.fields = new ArrayList<>();
    this.cut = !parse(bytes, fields) || cut;
  }

  /** The header that begins at {@code from}; reads little more than it. */
  static HeaderBlock read(ByteSource source, long from, long to) throws IOException {
    long available = to - from;
    for (int size = FIRST_READ; ; size = Math.min(size * 4, Limits.HEADER_BYTES)) {
      int length = (int) Math.min(size, available);
      HeaderSink sink = new HeaderSink();
      source.copyTo(from, from + length, sink);
      byte[] bytes = sink.toByteArray();
      if (sink.hasEnded()) {
        return new HeaderBlock(bytes, from + bytes.length, false);
      }
      if (length == available || length == Limits.HEADER_BYTES) {
        return new HeaderBlock(bytes, to, length < available);
      }
    }
  }

  /** The header that these bytes are. */
  static HeaderBlock of(byte[] bytes) {
    return new HeaderBlock(bytes, bytes.length, false);
  }

  /** Whether all fields were read. */
  private static boolean parse(byte[] bytes, List<HeaderField> fields) {
    int start = 0;
    while (start < bytes.length) {
      if (fields.size() == Limits.FIELDS) {
        return false;
      }
      int next = lineAfter(bytes, start);
      while (next < bytes.length && isBlank(bytes[next])) {
        next = lineAfter(bytes, next);
      }
      int end = next;
      end -= end > start && bytes[end - 1] == '\n' ? 1 : 0;
      end -= end > start && bytes[end - 1] == '\r' ? 1 : 0;
      int colon = start;
      while (colon < end && bytes[colon] != ':') {
        colon++;
      }
      if (colon < end && colon > start) {
        fields.add(new HeaderField(bytes, start, colon, end, next));
      }
      start = next;
    }
    return true;
  }

  private static int lineAfter(byte[] bytes, int from) {
    int feed = ByteScan.indexOf(bytes, from, bytes.length, '\n');
    return Math.min(feed + 1, bytes.length);
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** The same header with CRLF for each bare line feed. */
  HeaderBlock toCrlf() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
    new CrlfStream(out).write(bytes, 0, bytes.length);
    return new HeaderBlock(out.toByteArray(), bodyStart, cut);
  }

  /** The header's bytes; offsets of fields count in them. */
  byte[] bytes() {
    return bytes;
  }

  List<HeaderField> fields() {
    return fields;
  }

  /** The fields of that name, which is in lower case, from top to bottom. */
  List<HeaderField> named(String name) {
    List<HeaderField> found = List.of();
    for (HeaderField field : fields) {
      if (field.isNamed(name)) {
        found = found.isEmpty() ? new ArrayList<>() : found;
        found.add(field);
      }
    }
    return found;
  }

  /** The field's value with its folds, byte for character. */
  String raw(HeaderField field) {
    return new String(
        bytes, field.value(), field.end() - field.value(), StandardCharsets.ISO_8859_1);
  }

  /** Where the body begins in the source: after the blank line, or at the end. */
  long bodyStart() {
    return bodyStart;
  }

  /** Whether the header goes on beyond the limits of bytes and fields. */
  boolean isCut() {
    return cut;
  }
}
