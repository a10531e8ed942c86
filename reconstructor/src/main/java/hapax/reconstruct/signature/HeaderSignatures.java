package hapax.reconstruct.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verdicts on signatures that stand in a message's header: DKIM, ARC, DomainKeys. */
final class HeaderSignatures {
  private static final String[] FIELDS = {
    DkimSignatures.FIELD, "domainkey-signature", ArcSets.SEAL, ArcSets.SIGNATURE
  };

  /** Passes over the body: each kind has its own, over two kinds of line ends. */
  private static final int PASSES = 6;

  private final DkimSignatures dkim;
  private final ArcSignatures arc;
  private final DomainKeysSignatures domainKeys;
  private final Allowance allowance;

  HeaderSignatures(DkimKeys keys, Instant now, Allowance allowance) {
    this.dkim = new DkimSignatures(keys, now);
    this.arc = new ArcSignatures(keys, now);
    this.domainKeys = new DomainKeysSignatures(keys);
    this.allowance = allowance;
  }

  private static boolean isSignature(HeaderField field) {
    for (String name : FIELDS) {
      if (field.isNamed(name)) {
        return true;
      }
    }
    return false;
  }

  /** How many fields of {@code header} are signatures. */
  static int count(HeaderBlock header) {
    int count = 0;
    for (HeaderField field : header.fields()) {
      count += isSignature(field) ? 1 : 0;
    }
    return count;
  }

  /** The signatures over the body that can be read; what is wrong with others is said later. */
  private static List<DkimSignature> signatures(HeaderBlock header) {
    List<DkimSignature> signatures = new ArrayList<>();
    addSignatures(header, DkimSignatures.FIELD, DkimSignature.Field.DKIM, signatures);
    addSignatures(header, ArcSets.SIGNATURE, DkimSignature.Field.ARC, signatures);
    return signatures;
  }

  private static void addSignatures(
      HeaderBlock header, String name, DkimSignature.Field rules, List<DkimSignature> into) {
    List<HeaderField> fields = header.named(name);
    for (HeaderField field : fields.subList(0, Math.min(fields.size(), Limits.SIGNATURES))) {
      signature(rules, header, field).ifPresent(into::add);
    }
  }

  private static Optional<DkimSignature> signature(
      DkimSignature.Field rules, HeaderBlock header, HeaderField field) {
    try {
      return Optional.of(DkimSignature.parse(rules, DkimField.tags(header, field)));
    } catch (SyntaxFault e) {
      return Optional.empty(); // its own verdict names the fault
    }
  }

  List<Verdict> check(MessagePart message) throws IOException {
    if (message.header().isCut()) {
      return List.of(unchecked(message, "the header is larger than the limit"));
    }
    int count = count(message.header());
    if (count == 0) {
      return List.of();
    }
    List<Verdict> verdicts = new ArrayList<>();
    try {
      allowance.takeSignatures(Math.min(count, Limits.SIGNATURES));
      allowance.takeDigested(PASSES * (message.to() - message.from()));
      BodyDigests bodies = new BodyDigests(message, signatures(message.header()));
      verdicts.addAll(dkim.check(message, bodies));
      verdicts.addAll(arc.check(message, bodies));
      verdicts.addAll(domainKeys.check(message));
    } catch (LimitException e) {
      verdicts.add(unchecked(message, String.valueOf(e.getMessage())));
    }
    return verdicts;
  }

  private static Verdict unchecked(MessagePart message, String reason) {
    return new VerdictDraft(SignatureKind.DKIM, message.place()).end(Outcome.UNCHECKED, reason);
  }
}
