package hapax.tools;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON (RFC 8259) on one line: maps, lists, strings, numbers, booleans, null; any
 * other object as the string that it prints. Halves of surrogate pairs, which no UTF-8 can carry,
 * become U+FFFD; a number that is none (NaN) becomes null.
 */
final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  static String write(@Nullable Object value) {
    Json json = new Json();
    json.value(value);
    return json.out.toString();
  }

  /** An object of names, each followed by its value, in this order. */
  static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }

  private void value(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Map<?, ?> map) {
      each('{', map.entrySet(), this::member, '}');
    } else if (value instanceof List<?> list) {
      each('[', list, this::value, ']');
    } else if (value instanceof Double number) {
      out.append(Double.isFinite(number) ? String.valueOf(number) : "null");
    } else if (value instanceof Number) {
      out.append(value);
    } else {
      string(value.toString());
    }
  }

  private <T> void each(char open, Iterable<T> elements, Consumer<? super T> write, char close) {
    out.append(open);
    for (Iterator<T> rest = elements.iterator(); rest.hasNext(); ) {
      write.accept(rest.next());
      if (rest.hasNext()) {
        out.append(',');
      }
    }
    out.append(close);
  }

  private void member(Map.Entry<?, ?> member) {
    string(String.valueOf(member.getKey()));
    out.append(':');
    value(member.getValue());
  }

  private void string(String text) {
    out.append('"');
    text.codePoints().forEach(this::character);
    out.append('"');
  }

  private void character(int character) {
    if (character == '"' || character == '\\') {
      out.append('\\').append((char) character);
    } else if (character == '\n') {
      out.append("\\n");
    } else if (isControl(character)) {
      out.append(String.format("\\u%04x", character));
    } else if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
      out.append('\uFFFD');
    } else {
      out.appendCodePoint(character);
    }
  }

  /** Controls, and the separators that some readers take for the end of a line. */
  private static boolean isControl(int character) {
    return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
  }
}
