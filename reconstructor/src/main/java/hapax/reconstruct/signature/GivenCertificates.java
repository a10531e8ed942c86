package hapax.reconstruct.signature;

import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.cert.X509CertificateHolder;

/** The certificates that the caller gave: roots that are trusted, and others that help. */
final class GivenCertificates {
  private final List<X509CertificateHolder> all;
  private final List<X509CertificateHolder> roots;

  GivenCertificates(List<X509CertificateHolder> all) {
    this.all = List.copyOf(all);
    this.roots = all.stream().filter(GivenCertificates::isRoot).toList();
  }

  /** An authority's certificate, or one that is signed by nobody else. */
  private static boolean isRoot(X509CertificateHolder certificate) {
    BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
    return certificate.getIssuer().equals(certificate.getSubject())
        || (constraints != null && constraints.isCA());
  }

  List<X509CertificateHolder> all() {
    return all;
  }

  List<X509CertificateHolder> roots() {
    return roots;
  }
}
