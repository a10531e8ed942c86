package hapax.reconstruct.signature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A verdict while its findings come in. The first finding that speaks against it decides. */
final class VerdictDraft {
  /** Longer names and reasons, which senders can choose, are cut. */
  private static final int LONGEST = 300;

  private final SignatureKind kind;
  private final String place;
  private final Map<Aspect, Finding> findings = new EnumMap<>(Aspect.class);
  private Set<Aspect> decisive;
  private String signer = "";
  private String algorithm = "";
  private Strength strength = Strength.FULL;
  private LineEnds lineEnds = LineEnds.AS_KEPT;
  private @Nullable Instant signedAt;
  private @Nullable String key;

  VerdictDraft(SignatureKind kind, String place) {
    this.kind = kind;
    this.place = place;
    this.decisive = decisive(kind);
  }

  /**
   * A certificate or key out of its time proves no less about the bytes; that of DKIM and ARC does.
   */
  private static Set<Aspect> decisive(SignatureKind kind) {
    Set<Aspect> digests = EnumSet.of(Aspect.BODY_DIGEST, Aspect.HEADER_DIGEST, Aspect.SIGNATURE);
    if (kind == SignatureKind.DKIM) {
      digests.add(Aspect.VALIDITY);
    } else if (kind == SignatureKind.ARC) {
      digests.add(Aspect.VALIDITY);
      digests.add(Aspect.SEAL);
      digests.add(Aspect.CHAIN);
    }
    return digests;
  }

  /** Has only these aspects refute the signature; the others are for information. */
  VerdictDraft decisive(Set<Aspect> aspects) {
    decisive = aspects;
    return this;
  }

  VerdictDraft signer(String name) {
    signer = Words.clean(name, LONGEST);
    return this;
  }

  VerdictDraft algorithm(String name) {
    algorithm = Words.clean(name, LONGEST);
    return this;
  }

  /** Lowers the strength; never raises it. */
  VerdictDraft atMost(Strength worth) {
    if (worth.compareTo(strength) > 0) {
      strength = worth;
    }
    return this;
  }

  VerdictDraft lineEnds(LineEnds ends) {
    lineEnds = ends;
    return this;
  }

  VerdictDraft signedAt(@Nullable Instant when) {
    signedAt = when;
    return this;
  }

  /** Adds a key that was used; an ARC set may need two. */
  VerdictDraft key(String text) {
    key = key == null || key.equals(text) ? text : key + "\n" + text;
    return this;
  }

  void yes(Aspect aspect, String reason) {
    put(aspect, Answer.YES, reason);
  }

  void no(Aspect aspect, String reason) {
    put(aspect, Answer.NO, reason);
  }

  void cannotTell(Aspect aspect, String reason) {
    put(aspect, Answer.CANNOT_TELL, reason);
  }

  void put(Aspect aspect, Answer answer, String reason) {
    findings.put(aspect, new Finding(aspect, answer, Words.clean(reason, LONGEST)));
  }

  /**
   * The verdict that follows from the findings: a wrong digest, signature, chain or time, then a
   * missing key, then whatever else could not be told.
   */
  Verdict judge() {
    for (Finding finding : findings.values()) {
      if (refutes(finding)) {
        return failed(finding.reason());
      }
    }
    for (Finding finding : findings.values()) {
      if (isMissing(finding)) {
        return end(Outcome.NO_KEY, finding.reason());
      }
    }
    Finding time = findings.get(Aspect.VALIDITY);
    String but = time != null && time.answer() == Answer.NO ? ", but " + time.reason() : "";
    return end(Outcome.VERIFIED, "the signed bytes are those that were signed" + but);
  }

  private boolean refutes(Finding finding) {
    return decisive.contains(finding.aspect()) && finding.answer() == Answer.NO;
  }

  /**
   * A signer whom no given root vouches for is as good as one without a key. A key matters only
   * where the signature that it is for does.
   */
  private boolean isMissing(Finding finding) {
    return switch (finding.aspect()) {
      case KEY -> decisive.contains(Aspect.SIGNATURE) && finding.answer() != Answer.YES;
      case SEAL -> finding.answer() == Answer.CANNOT_TELL;
      case CHAIN ->
          finding.answer() == Answer.NO
              || (kind == SignatureKind.ARC && finding.answer() == Answer.CANNOT_TELL);
      default -> false;
    };
  }

  Verdict failed(String reason) {
    return end(Outcome.FAILED, reason);
  }

  Verdict end(Outcome outcome, String reason) {
    List<Finding> list = new ArrayList<>(findings.values());
    return new Verdict(
        kind,
        place,
        signer,
        algorithm,
        strength,
        outcome,
        Words.clean(reason, LONGEST),
        lineEnds,
        list,
        Optional.ofNullable(signedAt),
        Optional.ofNullable(key));
  }
}
