package hapax.tools;

import hapax.reconstruct.signature.Finding;
import hapax.reconstruct.signature.LineEnds;
import hapax.reconstruct.signature.Outcome;
import hapax.reconstruct.signature.SignatureKind;
import hapax.reconstruct.signature.Strength;
import hapax.reconstruct.signature.Verdict;
import java.io.IOException;
import java.util.ArrayList;
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
      for (SignatureTally.Signed message : tally.signed()) {
        message(message, results);
      }
    }
    results.line(
        Text.count(tally.messages(), "message")
            + " looked at, "
            + Text.count(tally.signedMessages())
            + " signed");
    table(results);
    reasons(results);
    comparison(results);
    for (String finding : tally.findings()) {
      results.line(finding);
    }
    results.object(object());
  }

  private static void message(SignatureTally.Signed message, Results results) throws IOException {
    results.line(message.place() + "  " + message.digest());
    for (Verdict verdict : message.verdicts()) {
      String where = verdict.place().isEmpty() ? "" : " in part " + verdict.place();
      String ends = verdict.lineEnds() == LineEnds.CRLF ? ", over CRLF line ends" : "";
      String worth = verdict.strength() == Strength.FULL ? "" : ", " + word(verdict.strength());
      results.line(
          "  " + verdict.kind().words() + where + ": " + word(verdict.outcome()) + worth + ends);
      results.line("    by " + verdict.signer() + ", " + verdict.algorithm());
      results.line("    " + verdict.reason());
      for (Finding finding : verdict.findings()) {
        results.line(
            String.format(
                "    %-13s  %-11s  %s",
                finding.aspect().words(), word(finding.answer()), finding.reason()));
      }
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void table(Results results) throws IOException {
    if (tally.signedMessages() == 0) {
      return;
    }
    StringBuilder head = new StringBuilder(String.format("%-10s", ""));
    for (Outcome outcome : Outcome.values()) {
      head.append(String.format("  %9s", word(outcome)));
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

  private void comparison(Results results) throws IOException {
    if (!compared) {
      return;
    }
    for (Map.Entry<String, List<String>> entry : tally.differences().entrySet()) {
      for (String difference : entry.getValue()) {
        results.line(entry.getKey() + ": " + difference);
      }
    }
    String differing =
        tally.differing() == 0 ? "none differs" : Text.count(tally.differing()) + " differ";
    results.line(
        Text.count(tally.compared(), "original")
            + " compared with what the store gives back: "
            + differing);
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
    List<Map<String, ?>> messages = new ArrayList<>();
    for (SignatureTally.Signed message : tally.signed()) {
      List<Map<String, ?>> verdicts = message.verdicts().stream().map(VerdictJson::object).toList();
      messages.add(
          Json.object("place", message.place(), "digest", message.digest(), "verdicts", verdicts));
    }
    return messages;
  }
}
