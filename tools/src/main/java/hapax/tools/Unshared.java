package hapax.tools;

import hapax.reconstruct.Savings;
import java.io.IOException;
import java.util.Map;

/** The bytes of messages that no blob holds, and why, as people understand it. */
final class Unshared {
  private static final Map<String, String> REASONS =
      Map.of(
          "structure", "headers, boundaries and the like: what makes a message this message",
          "small-part", "parts too short for keeping them apart to pay",
          "odd-base64", "base64 so irregular that writing down its form does not pay",
          "not-base64", "parts that say base64 and are not",
          "beyond-limit", "parts beyond the limits on depth and number");

  private Unshared() {}

  static void print(Savings savings, Results results) throws IOException {
    results.line("");
    results.line(
        "Not shared, of " + Text.bytes(savings.bytes()) + " in messages, each counted once");
    for (Map.Entry<String, Long> reason : savings.unshared().entrySet()) {
      if (reason.getValue() > 0) {
        results.line(
            String.format(
                "  %-12s %9s  %6s  %s",
                reason.getKey(),
                Text.bytes(reason.getValue()),
                Text.percent(reason.getValue(), savings.bytes()),
                REASONS.getOrDefault(reason.getKey(), "")));
      }
    }
  }
}
