package hapax.tools;

import hapax.reconstruct.signature.Finding;
import hapax.reconstruct.signature.LineEnds;
import hapax.reconstruct.signature.Strength;
import hapax.reconstruct.signature.Verdict;
import hapax.reconstruct.signature.VerdictDifference;
import java.io.IOException;
import java.util.Locale;

/** All that is known about the signatures of one message, told to a person. */
final class SignedMessageText {
  private final Results results;

  SignedMessageText(Results results) {
    this.results = results;
  }

  void print(SignatureTally.Signed message) throws IOException {
    results.line(message.place() + "  " + message.digest());
    for (Verdict verdict : message.verdicts()) {
      line(verdict);
      results.line("    by " + verdict.signer() + ", " + verdict.algorithm());
      results.line("    " + verdict.reason());
      for (Finding finding : verdict.findings()) {
        results.line(
            String.format(
                "    %-13s  %-11s  %s",
                finding.aspect().words(), word(finding.answer()), finding.reason()));
      }
    }
    if (message.recorded().isPresent()) {
      print(message.recorded().get());
    }
  }

  private void print(SignatureTally.Recorded recorded) throws IOException {
    results.line("  recorded on arrival, " + recorded.record().checked());
    for (Verdict verdict : recorded.record().verdicts()) {
      line(verdict);
      results.line("    by " + verdict.signer());
    }
    if (recorded.differences().isEmpty()) {
      results.line("  same bytes now, and with the keys that were kept the same answers again");
    }
    for (VerdictDifference difference : recorded.differences()) {
      results.line("  since arrival: " + difference);
    }
  }

  private void line(Verdict verdict) throws IOException {
    String where = verdict.place().isEmpty() ? "" : " in part " + verdict.place();
    String ends = verdict.lineEnds() == LineEnds.CRLF ? ", over CRLF line ends" : "";
    String worth = verdict.strength() == Strength.FULL ? "" : ", " + word(verdict.strength());
    results.line(
        "  " + verdict.kind().words() + where + ": " + word(verdict.outcome()) + worth + ends);
  }

  /** A value's name for a person. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
