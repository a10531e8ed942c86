package hapax.reconstruct.signature;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;

/** The check of one DKIM or ARC message signature, aspect by aspect. */
final class DkimCheck {
  private final DkimField field;
  private final DkimSignature signature;
  private final VerdictDraft draft;

  DkimCheck(DkimField field, VerdictDraft draft) {
    this.field = field;
    this.signature = field.signature();
    this.draft = draft;
    draft.atMost(signature.algorithm().strength());
    draft.atMost(signature.draft() ? Strength.HISTORIC : Strength.FULL);
    draft.signedAt(signature.signedAt() < 0 ? null : epoch(signature.signedAt()));
  }

  void body(BodyDigests bodies, LineEnds ends) throws IOException {
    long length = bodies.length(signature, ends);
    long covered = signature.bodyLength();
    if (covered != Long.MAX_VALUE && covered > length) {
      draft.no(Aspect.BODY_DIGEST, "l= covers " + covered + " bytes, the body has " + length);
    } else if (!MessageDigest.isEqual(bodies.digest(signature, ends), signature.bodyHash())) {
      draft.no(Aspect.BODY_DIGEST, "the body was changed after signing");
    } else if (covered < length) {
      draft.yes(
          Aspect.BODY_DIGEST,
          "the first " + covered + " bytes are as signed, which is all it covers");
    } else {
      draft.yes(Aspect.BODY_DIGEST, "the body is as it was signed");
    }
  }

  void header(SignedHeader header, DkimKeys keys) throws SyntaxFault {
    DigestName name = signature.algorithm().digest();
    byte[] digest = name.start().digest(header.canonical(signature, field.field(), field.tags()));
    KeyTrial trial =
        KeyTrial.of(
            keys,
            signature.keyName(),
            key -> key.objection(signature),
            key -> key.match(name, digest, signature.signature()));
    report(trial, signature.keyName(), draft);
  }

  /** Puts into {@code draft} what the keys said. */
  static void report(KeyTrial trial, String name, VerdictDraft draft) {
    trial.keepKey(name, draft);
    if (trial.status() != KeyTrial.Status.TRIED) {
      boolean unknown = trial.status() == KeyTrial.Status.UNREACHABLE;
      draft.put(Aspect.KEY, unknown ? Answer.CANNOT_TELL : Answer.NO, trial.reason());
      draft.cannotTell(Aspect.HEADER_DIGEST, "no key was used");
      boolean forbidden = trial.status() == KeyTrial.Status.FORBIDDEN;
      draft.put(
          Aspect.SIGNATURE,
          forbidden ? Answer.NO : Answer.CANNOT_TELL,
          forbidden ? trial.reason() : "no key was used");
      return;
    }
    draft.yes(Aspect.KEY, trial.reason());
    draft.atMost(trial.isShort() ? Strength.WEAK : Strength.FULL);
    switch (trial.match()) {
      case RIGHT -> {
        draft.yes(Aspect.HEADER_DIGEST, "the signed fields are as they were signed");
        draft.yes(Aspect.SIGNATURE, "made with this key");
      }
      case OTHER_DIGEST -> {
        draft.no(Aspect.HEADER_DIGEST, "the signed fields were changed after signing");
        draft.no(Aspect.SIGNATURE, "made with this key, but over other fields");
      }
      case WRONG -> {
        draft.cannotTell(Aspect.HEADER_DIGEST, "the signature does not show what it was made over");
        draft.no(Aspect.SIGNATURE, "not made with this key over these fields");
      }
    }
  }

  /** A signature that expired after the message arrived has done its work. */
  void time(Instant arrived, Instant now) {
    long expires = signature.expires();
    if (expires == Long.MAX_VALUE) {
      draft.yes(Aspect.VALIDITY, "it does not expire");
    } else if (now.getEpochSecond() <= expires) {
      draft.yes(Aspect.VALIDITY, "it has not expired");
    } else if (arrived.getEpochSecond() <= expires) {
      draft.yes(Aspect.VALIDITY, "it expired only after the message arrived at " + arrived);
    } else {
      draft.no(Aspect.VALIDITY, "it expired at " + epoch(expires) + ", before " + arrived);
    }
  }

  private static Instant epoch(long seconds) {
    return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
  }
}
