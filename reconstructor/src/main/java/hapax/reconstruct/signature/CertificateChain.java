package hapax.reconstruct.signature;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Looks for a path from a signer's certificate to a given root (RFC 5280 section 6). */
final class CertificateChain {
  /** Certificates of a message that are tried as links; honest mail has three or four. */
  private static final int MOST_LINKS = 20;

  /** Longer paths are not looked for. */
  private static final int LONGEST_PATH = 6;

  /** Its own instance, and never among Java's providers, where it would slow down everything. */
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private CertificateChain() {}

  /** Why there is no path at {@code when}, or empty if there is one. */
  static Optional<String> fault(
      X509CertificateHolder signer,
      List<X509CertificateHolder> links,
      GivenCertificates given,
      Instant when) {
    if (given.roots().contains(signer)) {
      return Optional.empty();
    }
    try {
      build(signer, links, given, when);
      return usageFault(signer);
    } catch (GeneralSecurityException | RuntimeException e) {
      return Optional.of(
          "no path to a given root from the issuer " + signer.getIssuer() + ": " + reason(e));
    }
  }

  private static String reason(Exception fault) {
    Throwable cause = fault;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static void build(
      X509CertificateHolder signer,
      List<X509CertificateHolder> links,
      GivenCertificates given,
      Instant when)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509CertificateHolder root : given.roots()) {
      anchors.add(new TrustAnchor(convert(root), null));
    }
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(convert(signer));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
    parameters.addCertStore(
        CertStore.getInstance(
            "Collection", new CollectionCertStoreParameters(pool(signer, links, given))));
    parameters.setRevocationEnabled(false);
    parameters.setMaxPathLength(LONGEST_PATH);
    parameters.setDate(Date.from(when));
    CertPathBuilder.getInstance("PKIX", PROVIDER).build(parameters);
  }

  private static List<X509Certificate> pool(
      X509CertificateHolder signer, List<X509CertificateHolder> links, GivenCertificates given)
      throws CertificateException {
    List<X509Certificate> pool = new ArrayList<>();
    pool.add(convert(signer));
    for (X509CertificateHolder link : links.subList(0, Math.min(links.size(), MOST_LINKS))) {
      pool.add(convert(link));
    }
    for (X509CertificateHolder helper : given.all()) {
      pool.add(convert(helper));
    }
    return pool;
  }

  private static X509Certificate convert(X509CertificateHolder holder) throws CertificateException {
    return new JcaX509CertificateConverter().setProvider(PROVIDER).getCertificate(holder);
  }

  /** RFC 8550 section 4.4: the certificate, if it says what it is for, must be for signing mail. */
  private static Optional<String> usageFault(X509CertificateHolder signer) {
    KeyUsage usage = KeyUsage.fromExtensions(signer.getExtensions());
    if (usage != null
        && !usage.hasUsages(KeyUsage.digitalSignature)
        && !usage.hasUsages(KeyUsage.nonRepudiation)) {
      return Optional.of("the signer's certificate is not for signatures");
    }
    ExtendedKeyUsage extended = ExtendedKeyUsage.fromExtensions(signer.getExtensions());
    if (extended != null
        && !extended.hasKeyPurposeId(KeyPurposeId.id_kp_emailProtection)
        && !extended.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage)) {
      return Optional.of("the signer's certificate is not for mail");
    }
    return Optional.empty();
  }
}
