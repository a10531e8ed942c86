package hapax.mime;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain form in which nearly all fields come: {@code value; name=token; name="text"}
 * without comments, escapes, encoded words, continuations or anything beyond ASCII. Whatever is not
 * plain is left to {@link Mime4jFieldParser}; where both can read a field they agree.
 */
final class SimpleFieldParser {
  private static final boolean[] NAME = set("-_.");
  private static final boolean[] VALUE = set("-_.+/!#$&^");
  private static final boolean[] TOKEN = set("-_.+/!#$&^'=?:~");

  private final byte[] bytes;
  private final int length;
  private int at;

  SimpleFieldParser(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** The field's value, or null if it is not plain. */
  @Nullable FieldValue parse() {
    skipBlanks();
    String value = take(VALUE);
    skipBlanks();
    if (value.isEmpty()) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    while (at < length) {
      if (!parameter(parameters)) {
        return null;
      }
    }
    return new FieldValue(value, parameters);
  }

  private boolean parameter(Map<String, String> parameters) {
    if (bytes[at++] != ';') {
      return false;
    }
    skipBlanks();
    if (at == length) {
      return true;
    }
    String name = take(NAME).toLowerCase(Locale.ROOT);
    if (name.isEmpty() || at == length || bytes[at++] != '=' || at == length) {
      return false;
    }
    String value = bytes[at] == '"' ? quoted() : take(TOKEN);
    skipBlanks();
    return value != null
        && !value.isEmpty()
        && !value.contains("=?")
        && parameters.put(name, value) == null;
  }

  private @Nullable String quoted() {
    int from = ++at;
    while (at < length && bytes[at] >= ' ' && bytes[at] < 0x7f && bytes[at] != '"') {
      boolean odd = bytes[at] == '\\' || (bytes[at] == ' ' && at > from && bytes[at - 1] == ' ');
      if (odd) {
        return null;
      }
      at++;
    }
    if (at == length || bytes[at] != '"') {
      return null;
    }
    return text(from, at++);
  }

  private String take(boolean[] set) {
    int from = at;
    while (at < length && bytes[at] >= 0 && set[bytes[at]]) {
      at++;
    }
    return text(from, at);
  }

  private void skipBlanks() {
    while (at < length && Ascii.isBlank(bytes[at])) {
      at++;
    }
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }

  private static boolean[] set(String others) {
    boolean[] set = new boolean[128];
    for (char c = 0; c < 128; c++) {
      boolean alphanumeric =
          (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      set[c] = alphanumeric || others.indexOf(c) >= 0;
    }
    return set;
  }
}
