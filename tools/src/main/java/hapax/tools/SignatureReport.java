package hapax.tools;

import hapax.reconstruct.signature.Outcome;
import hapax.reconstruct.signature.SignatureKind;
import hapax.reconstruct.signature.Strength;
import hapax.reconstruct.signature.Verdict;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what was found about signatures, to a person or a program. */
final class SignatureReport {
  private final SignatureTally tally;
  private final boolean compared;
  private final boolean details;

  /**
   * A report.
   *
   * @param compared whether originals were compared
   * @param details whether each signed message is to be told of
   */
  SignatureReport(SignatureTally tally, boolean compared, boolean details) {
    this.tally = tally;
    this.compared = compared;
    this.details = details;
  }

  void print(Results results) throws IOException {
    if (details) {
      SignedMessageText text = new SignedMessageText(results);
      for (SignatureTally.Signed message : tally.signed()) {
        text.print(message);
      }
    }
    results.line(
        Text.count(tally.messages(), "message")
            + " looked at, "
            + Text.count(tally.signedMessages())
            + " signed");
    table(results);
    reasons(results);
    arrivals(results);
    comparison(results);
    for (String finding : tally.findings()) {
      results.line(finding);
    }
    results.object(object());
  }

  private void table(Results results) throws IOException {
    if (tally.signedMessages() == 0) {
      return;
    }
    StringBuilder head = new StringBuilder(String.format("%-10s", ""));
    for (Outcome outcome : Outcome.values()) {
      head.append(String.format("  %9s", SignedMessageText.word(outcome)));
    }
    results.line(head.toString());
    for (SignatureKind kind : SignatureKind.values()) {
      StringBuilder row = new StringBuilder(String.format("%-10s", kind.words()));
      long all = 0;
      for (Outcome outcome : Outcome.values()) {
        long count = tally.count(kind, outcome);
        all += count;
        row.append(String.format("  %9s", Text.count(count)));
      }
      if (all > 0) {
        results.line(row.toString());
      }
    }
    long weak = tally.count(Strength.WEAK);
    long historic = tally.count(Strength.HISTORIC);
    if (weak + historic > 0) {
      results.line(
          "of the verified, "
              + Text.count(weak)
              + " weak (SHA-1 or a short key), "
              + Text.count(historic)
              + " historic");
    }
  }

  private void reasons(Results results) throws IOException {
    Map<String, Long> reasons = tally.reasons();
    if (reasons.isEmpty()) {
      return;
    }
    results.line("not verified, because");
    for (Map.Entry<String, Long> reason : reasons.entrySet()) {
      results.line(String.format("%9s  %s", Text.count(reason.getValue()), reason.getKey()));
    }
    results.line(
        "Each message is byte for byte what arrived: what fails here failed before it was stored.");
  }

  private void arrivals(Results results) throws IOException {
    if (tally.recorded() > 0) {
      results.line(
          Text.count(tally.recorded(), "message")
              + " with a record of arrival, "
              + Text.count(tally.recordedVerified())
              + " with a signature that was verified then; checked again with the kept keys: "
              + differing(tally.recordedDiffering()));
    }
  }

  private static String differing(long count) {
    return count == 0 ? "none differs" : Text.count(count) + " differ";
  }

  private void comparison(Results results) throws IOException {
    for (Map.Entry<String, List<String>> entry : tally.differences().entrySet()) {
      for (String difference : entry.getValue()) {
        results.line(entry.getKey() + ": " + difference);
      }
    }
    if (compared) {
      results.line(
          Text.count(tally.compared(), "original")
              + " compared with what the store gives back: "
              + differing(tally.differing()));
    }
  }

  private Map<String, ?> object() {
    long all = 0;
    for (Outcome outcome : Outcome.values()) {
      all += tally.count(outcome);
    }
    Map<String, Object> object = Json.object("messages", tally.messages());
    object.put("messages_signed", tally.signedMessages());
    object.put("signed", all);
    for (Outcome outcome : Outcome.values()) {
      object.put(outcome.name().toLowerCase(Locale.ROOT), tally.count(outcome));
    }
    object.put("weak", tally.count(Strength.WEAK));
    object.put("historic", tally.count(Strength.HISTORIC));
    object.put("kinds", kinds());
    object.put("reasons", tally.reasons());
    object.put("compared", tally.compared());
    object.put("recorded", tally.recorded());
    object.put("recorded_verified", tally.recordedVerified());
    object.put("differing", tally.differing());
    object.put("differs", tally.differences());
    object.put("findings", tally.findings());
    object.put(details ? "verdicts" : "failures", messages());
    return object;
  }

  private Map<String, ?> kinds() {
    Map<String, Object> kinds = new LinkedHashMap<>();
    for (SignatureKind kind : SignatureKind.values()) {
      Map<String, Object> outcomes = new LinkedHashMap<>();
      for (Outcome outcome : Outcome.values()) {
        if (tally.count(kind, outcome) > 0) {
          outcomes.put(outcome.name().toLowerCase(Locale.ROOT), tally.count(kind, outcome));
        }
      }
      if (!outcomes.isEmpty()) {
        kinds.put(kind.name().toLowerCase(Locale.ROOT), outcomes);
      }
    }
    return kinds;
  }

  private List<Map<String, ?>> messages() {
    return tally.signed().stream().<Map<String, ?>>map(SignatureReport::object).toList();
  }

  private static Map<String, ?> object(SignatureTally.Signed message) {
    Map<String, Object> object = Json.object("place", message.place(), "digest", message.digest());
    object.put("verdicts", verdicts(message.verdicts()));
    message.recorded().ifPresent(recorded -> object.put("recorded", object(recorded)));
    return object;
  }

  private static Map<String, ?> object(SignatureTally.Recorded recorded) {
    Map<String, Object> object = Json.object("checked", recorded.record().checked().toString());
    object.put("verdicts", verdicts(recorded.record().verdicts()));
    object.put("differs", recorded.differences().stream().map(Object::toString).toList());
    return object;
  }

  private static List<Map<String, ?>> verdicts(List<Verdict> verdicts) {
    return verdicts.stream().<Map<String, ?>>map(VerdictJson::object).toList();
  }
}
