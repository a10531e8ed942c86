package hapax.tools;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this process, on the store in a folder. */
final class Runs {
  private final Path store;

  Runs(Path store) {
    this.store = store;
  }

  Run run(String... words) {
    return run(new byte[0], words);
  }

  Run run(byte[] in, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings process =
        new Surroundings(
            new ByteArrayInputStream(in),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("HAPAX_STORE", store.toString(), "USER", "someone"),
            false);
    int code = Hapax.run(process, words);
    return new Run(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs with {@code --json}, which must go well. */
  JsonObject json(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    Run run = run(all.toArray(String[]::new));
    if (run.code() != 0) {
      throw new AssertionError(String.join(" ", words) + ": " + run.code() + ", " + run.err());
    }
    return run.json();
  }

  /** Imports the mail that the project carries. */
  Runs withSamples() {
    json("import", "--accounts", Projects.samples().resolve("accounts").toString());
    return this;
  }

  /** What a command left. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Run(int code, byte[] bytes, String err) {
    String out() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The object on the last line. */
    JsonObject json() {
      List<String> lines = out().lines().toList();
      return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
    }
  }
}
