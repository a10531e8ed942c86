package hapax.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/**
 * What a list of messages shows of one: the first {@code From} and the first {@code Subject} of its
 * header, unfolded and decoded (RFC 2047); bytes above 127 are read as UTF-8 (RFC 6532), or else as
 * ISO 8859-1.
 */
public record MessageHead(Optional<String> from, Optional<String> subject) {
  /** A field's value is read to this length in bytes; the rest is not shown. */
  private static final int VALUE_LIMIT = 16_384;

  /** Reads the header at the start of {@code bytes}, which may end anywhere. */
  public static MessageHead of(byte[] bytes) {
    String from = null;
    String subject = null;
    int start = 0;
    while (start < bytes.length && bytes[start] != '\n' && bytes[start] != '\r') {
      int end = fieldEnd(bytes, start);
      if (from == null && isNamed("from", bytes, start, end)) {
        from = value(bytes, start, end);
      } else if (subject == null && isNamed("subject", bytes, start, end)) {
        subject = value(bytes, start, end);
      }
      start = end;
    }
    return new MessageHead(Optional.ofNullable(from), Optional.ofNullable(subject));
  }

  /** Where the field ends: after a line end that no blank follows (RFC 5322, 2.2.3). */
  private static int fieldEnd(byte[] bytes, int start) {
    for (int i = start; i < bytes.length; i++) {
      boolean goesOn = i + 1 < bytes.length && (bytes[i + 1] == ' ' || bytes[i + 1] == '\t');
      if (bytes[i] == '\n' && !goesOn) {
        return i + 1;
      }
    }
    return bytes.length;
  }

  private static boolean isNamed(String name, byte[] bytes, int start, int end) {
    int colon = start + name.length();
    return colon < end
        && bytes[colon] == ':'
        && new String(bytes, start, name.length(), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .equals(name);
  }

  private static String value(byte[] bytes, int start, int end) {
    int from = start;
    while (bytes[from] != ':') {
      from++;
    }
    int length = Math.min(end - from - 1, VALUE_LIMIT);
    String unfolded = text(bytes, from + 1, length).replaceAll("\r?\n", "").strip();
    return DecoderUtil.decodeEncodedWords(unfolded, DecodeMonitor.SILENT);
  }

  private static String text(byte[] bytes, int from, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
  }
}
