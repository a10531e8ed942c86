package hapax.reconstruct.signature;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** How a CMS signer names its certificate: by issuer and serial number, or by key identifier. */
record CmsSignerName(SignerIdentifier id) {
  Optional<X509CertificateHolder> find(List<X509CertificateHolder> certificates) {
    return certificates.stream().filter(this::names).findFirst();
  }

  private boolean names(X509CertificateHolder certificate) {
    if (id.isTagged()) {
      SubjectKeyIdentifier key = SubjectKeyIdentifier.fromExtensions(certificate.getExtensions());
      return key != null && Arrays.equals(key.getKeyIdentifier(), keyIdentifier());
    }
    IssuerAndSerialNumber name = IssuerAndSerialNumber.getInstance(id.getId());
    return name.getName().equals(certificate.getIssuer())
        && name.getSerialNumber().getValue().equals(certificate.getSerialNumber());
  }

  private byte[] keyIdentifier() {
    return ASN1OctetString.getInstance(id.getId()).getOctets();
  }

  /** For a person. */
  String words() {
    if (id.isTagged()) {
      return "key " + HexFormat.of().formatHex(keyIdentifier());
    }
    IssuerAndSerialNumber name = IssuerAndSerialNumber.getInstance(id.getId());
    return "serial " + name.getSerialNumber().getValue().toString(16) + " of " + name.getName();
  }
}
