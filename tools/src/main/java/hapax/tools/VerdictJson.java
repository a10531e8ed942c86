package hapax.tools;

import hapax.reconstruct.signature.Finding;
import hapax.reconstruct.signature.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A verdict as an object for programs. */
final class VerdictJson {
  private VerdictJson() {}

  static Map<String, ?> object(Verdict verdict) {
    Map<String, Object> object = Json.object("kind", word(verdict.kind()));
    object.put("part", verdict.place());
    object.put("signer", verdict.signer());
    object.put("algorithm", verdict.algorithm());
    object.put("strength", word(verdict.strength()));
    object.put("outcome", word(verdict.outcome()));
    object.put("reason", verdict.reason());
    object.put("line_ends", word(verdict.lineEnds()));
    verdict.signedAt().ifPresent(time -> object.put("signed_at", time.toString()));
    List<Map<String, ?>> findings = new ArrayList<>();
    for (Finding finding : verdict.findings()) {
      findings.add(
          Json.object(
              "aspect", word(finding.aspect()),
              "answer", word(finding.answer()),
              "reason", finding.reason()));
    }
    object.put("findings", findings);
    return object;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
