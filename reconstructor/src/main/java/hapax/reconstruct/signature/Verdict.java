package hapax.reconstruct.signature;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found about one signature of a message.
 *
 * @param kind the signature's family
 * @param place where in the message it is: empty for the message itself, else part numbers such as
 *     {@code 1.2}, with {@code *} for what a signature or compression encloses
 * @param signer who signed as far as known: selector and domain, certificate subject, key id
 * @param algorithm signature and digest algorithm as the signature names them
 * @param strength what the algorithm is worth
 * @param outcome the verdict in one word
 * @param reason the verdict in one sentence for a person
 * @param lineEnds over which bytes the verdict was given
 * @param findings the aspects that apply, in the order of {@link Aspect}
 * @param signedAt when it was signed, as the signer says
 * @param key the public key that was used or refused, in a form that {@link Keys} reads again: DKIM
 *     zone lines, a PEM certificate, an armored key; empty if none was found
 */
public record Verdict(
    SignatureKind kind,
    String place,
    String signer,
    String algorithm,
    Strength strength,
    Outcome outcome,
    String reason,
    LineEnds lineEnds,
    List<Finding> findings,
    Optional<Instant> signedAt,
    Optional<String> key) {

  public Verdict {
    findings = List.copyOf(findings);
  }

  /** The answer on {@code aspect}; empty where it does not apply to this kind of signature. */
  public Optional<Finding> finding(Aspect aspect) {
    return findings.stream().filter(f -> f.aspect() == aspect).findFirst();
  }

  /** The first aspect that is not as it should be; empty if it is the syntax, or nothing. */
  public Optional<Aspect> cause() {
    return findings.stream()
        .filter(f -> f.answer() == Answer.NO)
        .findFirst()
        .or(() -> findings.stream().filter(f -> f.answer() != Answer.YES).findFirst())
        .map(Finding::aspect);
  }
}
