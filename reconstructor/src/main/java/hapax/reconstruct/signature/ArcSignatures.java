package hapax.reconstruct.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The verdicts on a message's ARC sets (RFC 8617 section 5.2), one a set, oldest first. The newest
 * stands for the chain: its message signature and all seals must hold. That older message
 * signatures do not hold is what ARC is for; they are reported and decide nothing.
 */
final class ArcSignatures {
  private static final Set<Aspect> OLDER = EnumSet.of(Aspect.SEAL, Aspect.CHAIN);

  private final DkimKeys keys;
  private final Instant now;

  ArcSignatures(DkimKeys keys, Instant now) {
    this.keys = keys;
    this.now = now;
  }

  List<Verdict> check(MessagePart message, BodyDigests bodies) throws IOException {
    if (message.header().fields().stream().noneMatch(ArcSets::isArc)) {
      return List.of();
    }
    return LineEndChoice.choose(
        bodies::coverBareLineFeed, message::hasBareLineFeed, ends -> check(message, bodies, ends));
  }

  private static VerdictDraft draft(MessagePart message, LineEnds ends) {
    return new VerdictDraft(SignatureKind.ARC, message.place()).lineEnds(ends);
  }

  private List<Verdict> check(MessagePart message, BodyDigests bodies, LineEnds ends)
      throws IOException {
    HeaderBlock header = message.header(ends);
    List<VerdictDraft> drafts = new ArrayList<>();
    try {
      ArcSets sets = ArcSets.of(header);
      SignedHeader signed = new SignedHeader(header);
      List<DkimField> signatures = read(header, sets, drafts, message, ends);
      Finding chain = new Finding(Aspect.CHAIN, Answer.YES, "nothing is wrong with any set so far");
      for (int i = 1; i <= sets.last(); i++) {
        VerdictDraft draft = drafts.get(i - 1);
        DkimCheck check = new DkimCheck(signatures.get(i - 1), draft);
        check.body(bodies, ends);
        check.header(signed, keys);
        if (i == sets.last()) {
          check.time(Arrival.of(header).orElse(now), now);
        }
        chain = seal(header, sets, i, signed, chain, draft);
      }
    } catch (SyntaxFault e) {
      String fault = "the ARC sets can not be read: " + e.getMessage();
      return List.of(draft(message, ends).failed(fault));
    }
    return drafts.stream().map(VerdictDraft::judge).toList();
  }

  private static List<DkimField> read(
      HeaderBlock header,
      ArcSets sets,
      List<VerdictDraft> drafts,
      MessagePart message,
      LineEnds ends)
      throws SyntaxFault {
    List<DkimField> signatures = new ArrayList<>();
    for (HeaderField field : sets.signatures()) {
      VerdictDraft draft = draft(message, ends);
      signatures.add(DkimField.read(DkimSignature.Field.ARC, header, field, draft));
      if (signatures.size() < sets.last()) {
        draft.decisive(OLDER);
      }
      drafts.add(draft);
    }
    return signatures;
  }

  /**
   * Checks one seal, given what is known of the chain before it; returns what is known with it. If
   * the newest says that the chain failed, nothing else is asked (RFC 8617 section 5.2).
   *
   * @throws SyntaxFault if it can not be read
   */
  private Finding seal(
      HeaderBlock header,
      ArcSets sets,
      int instance,
      SignedHeader signed,
      Finding before,
      VerdictDraft draft)
      throws SyntaxFault {
    ArcSeal seal = ArcSeal.read(header, sets, instance);
    KeyTrial trial = seal.check(sets, instance, signed, keys);
    trial.keepKey(seal.keyName(), draft);
    Finding finding = finding(trial, seal, instance);
    draft.put(Aspect.SEAL, finding.answer(), finding.reason());
    Finding chain = before;
    if (seal.saysFail() && instance == sets.last()) {
      draft.decisive(EnumSet.of(Aspect.CHAIN));
      chain = new Finding(Aspect.CHAIN, Answer.NO, seal.statusWords(instance));
    } else if (!seal.hasStatusFor(instance)) {
      chain = worse(chain, Answer.NO, seal.statusWords(instance));
    } else if (finding.answer() == Answer.CANNOT_TELL) {
      chain = worse(chain, Answer.CANNOT_TELL, "the seal i=" + instance + ": " + trial.reason());
    } else if (finding.answer() == Answer.NO) {
      chain = worse(chain, Answer.NO, "the seal i=" + instance + " is not right");
    }
    draft.put(Aspect.CHAIN, chain.answer(), chain.reason());
    return chain;
  }

  /** What the keys say about one seal; a key that must not be used for it speaks against it. */
  private static Finding finding(KeyTrial trial, ArcSeal seal, int instance) {
    return switch (trial.status()) {
      case MISSING, UNREACHABLE -> new Finding(Aspect.SEAL, Answer.CANNOT_TELL, trial.reason());
      case FORBIDDEN -> new Finding(Aspect.SEAL, Answer.NO, trial.reason());
      case TRIED -> {
        boolean right = trial.match() == KeyMatch.RIGHT && !trial.isShort();
        String sets = "the sets up to i=" + instance;
        String wrong =
            seal.saysFail()
                ? seal.statusWords(instance) + " and is not over all sets as they are"
                : sets + " are not as they were sealed";
        yield right
            ? new Finding(Aspect.SEAL, Answer.YES, sets + " are as they were sealed")
            : new Finding(Aspect.SEAL, Answer.NO, wrong);
      }
    };
  }

  /** What was wrong first stands; a key that is missing only as long as nothing is wrong. */
  private static Finding worse(Finding before, Answer answer, String reason) {
    boolean stands =
        before.answer() == Answer.NO
            || (before.answer() == Answer.CANNOT_TELL && answer != Answer.NO);
    return stands ? before : new Finding(Aspect.CHAIN, answer, reason);
  }
}
