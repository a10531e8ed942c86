package hapax.reconstruct.signature;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/**
 * How a CMS signer signed.
 *
 * @param content digest of the content
 * @param signed digest of what is signed: the signed attributes, or the content
 */
record CmsAlgorithm(AlgorithmIdentifier id, DigestName content, DigestName signed) {
  static CmsAlgorithm of(SignerInfo signer) throws SyntaxFault {
    AlgorithmIdentifier id = signer.getDigestEncryptionAlgorithm();
    DigestName content = digest(signer.getDigestAlgorithm().getAlgorithm());
    if (isPss(id)) {
      return new CmsAlgorithm(id, content, PssParameters.of(id).digest());
    }
    AlgorithmIdentifier named = new DefaultDigestAlgorithmIdentifierFinder().find(id);
    boolean own = named != null && DigestName.of(named.getAlgorithm()).isPresent();
    return new CmsAlgorithm(
        id, content, own && !isEdwards(id) ? digest(named.getAlgorithm()) : content);
  }

  private static DigestName digest(ASN1ObjectIdentifier oid) throws SyntaxFault {
    return DigestName.of(oid).orElseThrow(() -> new SyntaxFault("an unknown digest, " + oid));
  }

  private static boolean isPss(AlgorithmIdentifier id) {
    return id.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
  }

  private static boolean isEdwards(AlgorithmIdentifier id) {
    return id.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)
        || id.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed448);
  }

  boolean isWeak() {
    return content.isWeak() || signed.isWeak();
  }

  /** What {@code key} says about the signature; {@code value} is a digest or the message. */
  KeyMatch match(RawKey key, byte[] value, byte[] signature) throws SyntaxFault {
    if (isPss(id)) {
      return key instanceof RsaKey rsa
          ? rsa.matchPss(PssParameters.of(id), value, signature)
          : KeyMatch.WRONG;
    }
    return key.match(signed, value, signature);
  }

  /** For a person, while the key is not known. */
  String words() {
    return id.getAlgorithm() + " with " + signed.label();
  }

  /** For a person, such as {@code RSA-PSS with SHA-256}. */
  String words(RawKey key) {
    String scheme = isPss(id) ? "RSA-PSS" : key.name();
    return key.signsMessage() ? scheme : scheme + " with " + signed.label();
  }
}
