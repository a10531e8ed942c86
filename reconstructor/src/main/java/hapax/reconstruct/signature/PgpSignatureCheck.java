package hapax.reconstruct.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPSignature;

/** The check of one OpenPGP signature over a content (RFC 9580 section 5.2), aspect by aspect. */
final class PgpSignatureCheck {
  private final PgpKeys keys;
  private final CarriedPgpKeys carried;

  PgpSignatureCheck(PgpKeys keys, CarriedPgpKeys carried) {
    this.keys = keys;
    this.carried = carried;
  }

  /** The verdict; {@code draft} is empty. */
  Verdict check(PgpPacket packet, SignedContent content, LineEnds ends, VerdictDraft draft)
      throws IOException {
    draft.lineEnds(ends);
    try {
      check(packet.signature(), content, ends, draft);
      return draft.judge();
    } catch (SyntaxFault e) {
      return draft.failed(String.valueOf(e.getMessage()));
    } catch (LimitException e) {
      return draft.end(Outcome.UNCHECKED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return draft.failed("the signature is damaged: " + e.getMessage());
    }
  }

  private void check(
      PGPSignature signature, SignedContent content, LineEnds ends, VerdictDraft draft)
      throws IOException, SyntaxFault {
    draft.signer(words(signature));
    draft.signedAt(signature.getCreationTime().toInstant());
    if (signature.getSignatureType() > PGPSignature.CANONICAL_TEXT_DOCUMENT) {
      throw new SyntaxFault("the signature is not over a document but of another kind");
    }
    DigestName digest =
        DigestName.ofPgp(signature.getHashAlgorithm())
            .orElseThrow(
                () -> new SyntaxFault("an unknown digest, " + signature.getHashAlgorithm()));
    draft.atMost(digest.isWeak() ? Strength.WEAK : Strength.FULL);
    draft.algorithm("algorithm " + signature.getKeyAlgorithm() + " with " + digest.label());
    Optional<PgpKey> given = keys.find(signature);
    Optional<PgpKey> key = given.isPresent() ? given : carried.find(signature);
    if (key.isEmpty()) {
      draft.cannotTell(Aspect.BODY_DIGEST, "only the key can show what was signed");
      draft.no(Aspect.KEY, "there is no key " + words(signature));
      draft.cannotTell(Aspect.SIGNATURE, "no key was used");
      return;
    }
    RawKey raw = key.get().raw();
    draft.signer(key.get().words());
    draft.yes(Aspect.KEY, given.isPresent() ? "found as given" : "found in the message");
    draft.key(key.get().armored());
    draft.algorithm(raw.name() + " with " + digest.label());
    draft.atMost(raw.isShort() ? Strength.WEAK : Strength.FULL);
    PgpVerifier verifier = new PgpVerifier(signature, key.get(), raw, digest);
    verifier.begin();
    content.copyTo(ends, verifier.content());
    report(verifier.end(), verifier.isPrefixRight(), draft);
    time(key.get(), signature, draft);
  }

  private static void report(KeyMatch match, boolean prefixRight, VerdictDraft draft) {
    if (match == KeyMatch.RIGHT) {
      draft.yes(Aspect.BODY_DIGEST, "the content is as it was signed");
      draft.yes(Aspect.SIGNATURE, "made with this key");
      return;
    }
    if (match == KeyMatch.OTHER_DIGEST || !prefixRight) {
      draft.no(Aspect.BODY_DIGEST, "the content was changed after signing");
    } else {
      draft.cannotTell(Aspect.BODY_DIGEST, "the signature does not show what it was made over");
    }
    draft.no(Aspect.SIGNATURE, "not made with this key over this content");
  }

  private static void time(PgpKey key, PGPSignature signature, VerdictDraft draft) {
    Instant made = signature.getCreationTime().toInstant();
    Optional<String> fault = key.fault(made);
    draft.put(
        Aspect.VALIDITY,
        fault.isPresent() ? Answer.NO : Answer.YES,
        fault.orElse("the key was valid when it signed"));
  }

  private static String words(PGPSignature signature) {
    for (KeyIdentifier id : signature.getKeyIdentifiers()) {
      byte[] print = id.getFingerprint();
      return print == null ? hex(id.getKeyId()) : HexFormat.of().withUpperCase().formatHex(print);
    }
    return hex(signature.getKeyID());
  }

  private static String hex(long keyId) {
    return String.format(Locale.ROOT, "%016X", keyId);
  }
}
