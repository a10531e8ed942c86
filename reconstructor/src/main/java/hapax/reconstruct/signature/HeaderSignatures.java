package hapax.reconstruct.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The verdicts on signatures that stand in a message's header: DKIM, ARC, DomainKeys. */
final class HeaderSignatures {
  private static final Set<String> FIELDS =
      Set.of("dkim-signature", "domainkey-signature", ArcSets.SEAL, ArcSets.SIGNATURE);

  /** Passes over the body: each kind has its own, over two kinds of line ends. */
  private static final int PASSES = 6;

  private final DkimSignatures dkim;
  private final ArcSignatures arc;
  private final DomainKeysSignatures domainKeys;
  private final Allowance allowance;

  HeaderSignatures(DkimKeys keys, Instant now, Allowance allowance) {
    this.dkim = new DkimSignatures(keys, now);
    this.arc = new ArcSignatures(keys);
    this.domainKeys = new DomainKeysSignatures(keys);
    this.allowance = allowance;
  }

  /** How many fields of {@code header} are signatures. */
  static int count(HeaderBlock header) {
    int count = 0;
    for (HeaderField field : header.fields()) {
      count += FIELDS.contains(field.name()) ? 1 : 0;
    }
    return count;
  }

  List<Verdict> check(MessagePart message) throws IOException {
    int count = count(message.header());
    if (count == 0) {
      return List.of();
    }
    List<Verdict> verdicts = new ArrayList<>();
    try {
      allowance.takeSignatures(Math.min(count, Limits.SIGNATURES));
      allowance.takeDigested(PASSES * (message.to() - message.from()));
      verdicts.addAll(dkim.check(message));
      verdicts.addAll(arc.check(message));
      verdicts.addAll(domainKeys.check(message));
    } catch (LimitException e) {
      VerdictDraft draft = new VerdictDraft(SignatureKind.DKIM, message.place());
      verdicts.add(draft.end(Outcome.UNCHECKED, String.valueOf(e.getMessage())));
    }
    return verdicts;
  }
}
