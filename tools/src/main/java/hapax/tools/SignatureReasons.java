package hapax.tools;

import hapax.reconstruct.signature.Aspect;
import hapax.reconstruct.signature.SignatureKind;
import hapax.reconstruct.signature.Verdict;

/** Why a signature did not verify, without what differs from message to message. */
final class SignatureReasons {
  private SignatureReasons() {}

  static String of(Verdict verdict) {
    return verdict.kind().words() + ": " + words(verdict);
  }

  private static String words(Verdict verdict) {
    return switch (verdict.outcome()) {
      case VERIFIED -> "verified";
      case SEALED -> "encrypted, so not checked";
      case UNCHECKED -> "not checked, beyond a limit";
      case NO_KEY -> missing(verdict);
      case FAILED -> verdict.cause().map(SignatureReasons::failure).orElse("it can not be read");
    };
  }

  private static String missing(Verdict verdict) {
    if (verdict.kind() == SignatureKind.ARC) {
      return "a key of the chain of relays is missing or was withdrawn";
    }
    return verdict.cause().filter(aspect -> aspect == Aspect.CHAIN).isPresent()
        ? "no given root vouches for the signer"
        : "the signer's key is missing or was withdrawn";
  }

  private static String failure(Aspect aspect) {
    return switch (aspect) {
      case BODY_DIGEST -> "the body was changed after signing, before it came here";
      case HEADER_DIGEST ->
          "signed header fields were changed after signing, before they came here";
      case KEY, SIGNATURE -> "the signature is not by the key that it names";
      case SEAL, CHAIN -> "the chain of relays is broken";
      case VALIDITY -> "it had expired when the message arrived";
    };
  }
}
