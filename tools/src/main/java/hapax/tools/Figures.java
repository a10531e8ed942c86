package hapax.tools;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Measured figures: each printed as soon as it is there, all together as JSON. */
final class Figures {
  private final Results results;
  private final Map<String, Object> all = new LinkedHashMap<>();

  Figures(Results results) {
    this.results = results;
  }

  /** A figure; {@code beside} says what the machine can do, or what it compares with. */
  void add(String name, double value, String unit, String beside) throws IOException {
    all.put(name, Math.round(value * 1000) / 1000.0);
    results.line(
        String.format(Locale.ROOT, "  %-28s %12.2f %-10s %s", name, value, unit, beside)
            .stripTrailing());
  }

  /** A number that is counted, not measured. */
  void count(String name, long value) throws IOException {
    all.put(name, value);
    results.line(String.format("  %-28s %12s", name, Text.count(value)));
  }

  void title(String title) throws IOException {
    results.line(title);
    results.flush();
  }

  Map<String, ?> object() {
    return all;
  }
}
