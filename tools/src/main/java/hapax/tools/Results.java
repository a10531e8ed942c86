package hapax.tools;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command has to say on standard output: lines for a person, or one JSON object as the last
 * line for a program. Each call writes for one of the two and is passed over for the other.
 */
final class Results {
  private final OutputStream out;
  private final boolean json;

  Results(OutputStream out, boolean json) {
    this.out = new BufferedOutputStream(new ResultStream(out), 1 << 16);
    this.json = json;
  }

  /** Whether the results go to a program. */
  boolean json() {
    return json;
  }

  /** Standard output itself, for bytes that are neither. */
  OutputStream bytes() {
    return out;
  }

  /** A line for a person. */
  void line(String text) throws IOException {
    if (!json) {
      write(Text.printable(text) + "\n");
    }
  }

  /** The object for a program. */
  void object(Map<String, ?> object) throws IOException {
    if (json) {
      write(Json.write(object) + "\n");
    }
  }

  /** The object for a program whose first member is a list too long to hold. */
  void list(String name, Elements elements, Map<String, ?> rest) throws IOException {
    if (json) {
      write("{" + Json.write(name) + ":[");
      boolean[] more = new boolean[1];
      elements.each(
          element -> {
            write((more[0] ? "," : "") + Json.write(element));
            more[0] = true;
          });
      String others = Json.write(rest).substring(1);
      write("]" + (rest.isEmpty() ? "" : ",") + others + "\n");
    }
  }

  void flush() throws IOException {
    out.flush();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The elements of a long list, one after another. */
  @FunctionalInterface
  interface Elements {
    void each(Sink sink) throws IOException;
  }

  /** Takes an element. */
  @FunctionalInterface
  interface Sink {
    void element(Map<String, ?> element) throws IOException;
  }
}
