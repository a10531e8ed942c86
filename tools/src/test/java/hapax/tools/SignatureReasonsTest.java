package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hapax.reconstruct.signature.Answer;
import hapax.reconstruct.signature.Aspect;
import hapax.reconstruct.signature.Finding;
import hapax.reconstruct.signature.LineEnds;
import hapax.reconstruct.signature.Outcome;
import hapax.reconstruct.signature.SignatureKind;
import hapax.reconstruct.signature.Strength;
import hapax.reconstruct.signature.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SignatureReasonsTest {
  private static String reason(SignatureKind kind, Aspect aspect, Answer answer) {
    return SignatureReasons.of(
        new Verdict(
            kind,
            "",
            "signer",
            "rsa-sha256",
            Strength.FULL,
            Outcome.NO_KEY,
            "",
            LineEnds.AS_KEPT,
            List.of(new Finding(aspect, answer, "")),
            Optional.empty(),
            Optional.empty()));
  }

  /** ARC knows no roots: its chain lacks the key of a seal. */
  @Test
  void chainOfRelaysShouldLackAKeyAndNoRoot() {
    String missing = "ARC: a key of the chain of relays is missing or was withdrawn";
    assertEquals(missing, reason(SignatureKind.ARC, Aspect.CHAIN, Answer.CANNOT_TELL));
    assertEquals(missing, reason(SignatureKind.ARC, Aspect.KEY, Answer.NO));
  }

  @Test
  void certificateShouldLackARootAndOtherSignersAKey() {
    assertEquals(
        "S/MIME: no given root vouches for the signer",
        reason(SignatureKind.SMIME, Aspect.CHAIN, Answer.NO));
    assertEquals(
        "DKIM: the signer's key is missing or was withdrawn",
        reason(SignatureKind.DKIM, Aspect.KEY, Answer.NO));
  }
}
