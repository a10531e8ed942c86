package hapax.reconstruct.signature;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The DSA parameters that a certificate may leave to its issuer's key (RFC 3279 section 2.3.2).
 *
 * <p>They are taken from a given certificate only, never from one in the message: who chooses the
 * parameters can make a signature that fits anybody's key.
 */
final class InheritedParameters {
  private InheritedParameters() {}

  /** Whether the key of {@code certificate} can not be used without its issuer's. */
  static boolean areWantedBy(X509CertificateHolder certificate) {
    AlgorithmIdentifier algorithm = certificate.getSubjectPublicKeyInfo().getAlgorithm();
    return isDsa(algorithm) && !(algorithm.getParameters() instanceof ASN1Sequence);
  }

  private static boolean isDsa(AlgorithmIdentifier algorithm) {
    return algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_dsa);
  }

  /** The given certificate of its issuer that has parameters. */
  static Optional<X509CertificateHolder> lender(
      X509CertificateHolder certificate, GivenCertificates given) {
    return given.all().stream()
        .filter(issuer -> issuer.getSubject().equals(certificate.getIssuer()))
        .filter(issuer -> isDsa(issuer.getSubjectPublicKeyInfo().getAlgorithm()))
        .filter(issuer -> !areWantedBy(issuer))
        .findFirst();
  }

  /** The key of {@code certificate} with the parameters of {@code lender}. */
  static SubjectPublicKeyInfo key(X509CertificateHolder certificate, X509CertificateHolder lender) {
    return new SubjectPublicKeyInfo(
        lender.getSubjectPublicKeyInfo().getAlgorithm(),
        certificate.getSubjectPublicKeyInfo().getPublicKeyData().getOctets());
  }
}
