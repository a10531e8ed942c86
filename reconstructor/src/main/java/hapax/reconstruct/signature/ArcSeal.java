package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * One ARC-Seal: a relay's word that it saw the sets up to its own (RFC 8617 section 4.1.3).
 *
 * @param status {@code cv=}: how the relay found the chain before it
 */
record ArcSeal(
    HeaderField field,
    TagList tags,
    DkimAlgorithm algorithm,
    String keyName,
    String status,
    String signature) {

  static ArcSeal read(HeaderBlock header, ArcSets sets, int instance) throws SyntaxFault {
    HeaderField field = sets.get(ArcSets.SEAL, instance);
    TagList tags = DkimField.tags(header, field);
    if (tags.find("h").isPresent()) {
      throw new SyntaxFault("the seal i=" + instance + " has h=, which it must not");
    }
    String domain = DkimSignature.domain(tags.get("d"));
    DkimAlgorithm algorithm = DkimAlgorithm.of(tags.get("a"));
    algorithm.checkForArc();
    return new ArcSeal(
        field,
        tags,
        algorithm,
        DkimSignature.selector(tags.get("s")) + "._domainkey." + domain,
        tags.get("cv").toLowerCase(Locale.ROOT),
        tags.get("b"));
  }

  /** Whether the status is the one that a seal with this instance must have in a whole chain. */
  boolean hasStatusFor(int instance) {
    return status.equals(instance == 1 ? "none" : "pass");
  }

  /** Whether the relay found the chain broken; such a seal need not be over older sets. */
  boolean saysFail() {
    return status.equals("fail");
  }

  String statusWords(int instance) {
    return "the seal i=" + instance + " says cv=" + status;
  }

  /** What the keys say about this seal over all sets up to {@code instance}. */
  KeyTrial check(ArcSets sets, int instance, SignedHeader header, DkimKeys keys)
      throws SyntaxFault {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    for (int i = 1; i <= instance; i++) {
      header.append(Canon.RELAXED, sets.get(ArcSets.RESULTS, i), sealed);
      header.append(Canon.RELAXED, sets.get(ArcSets.SIGNATURE, i), sealed);
      if (i < instance) {
        header.append(Canon.RELAXED, sets.get(ArcSets.SEAL, i), sealed);
      }
    }
    header.appendOwn(Canon.RELAXED, field, tags, sealed);
    byte[] digest = algorithm.digest().start().digest(sealed.toByteArray());
    byte[] bytes = Ascii.base64(signature, "b=");
    return KeyTrial.of(
        keys,
        keyName,
        key -> key.objection(algorithm),
        key -> key.match(algorithm.digest(), digest, bytes));
  }
}
