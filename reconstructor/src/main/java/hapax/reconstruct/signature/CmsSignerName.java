package hapax.reconstruct.signature;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** How a CMS signer names its certificate: by issuer and serial number, or by key identifier. */
record CmsSignerName(SignerIdentifier id) {
  /** Parts of a name; honest ones have fewer than ten. */
  private static final int LONGEST_NAME = 100;

  /** RFC 5280 section 4.1.2.2; numbers far beyond take long to write down. */
  private static final int SERIAL_BITS = 160;

  Optional<X509CertificateHolder> find(List<X509CertificateHolder> certificates) {
    return certificates.stream().filter(this::names).findFirst();
  }

  private boolean names(X509CertificateHolder certificate) {
    if (id.isTagged()) {
      SubjectKeyIdentifier key = SubjectKeyIdentifier.fromExtensions(certificate.getExtensions());
      return key != null && Arrays.equals(key.getKeyIdentifier(), keyIdentifier());
    }
    IssuerAndSerialNumber name = IssuerAndSerialNumber.getInstance(id.getId());
    return name.getSerialNumber().getValue().equals(certificate.getSerialNumber())
        && isSame(name.getName(), certificate.getIssuer());
  }

  /** Names are compared without regard to order, which takes time by the square of their length. */
  private static boolean isSame(X500Name name, X500Name other) {
    return name.size() <= LONGEST_NAME && name.equals(other);
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
    BigInteger serial = name.getSerialNumber().getValue();
    boolean honest = serial.bitLength() <= SERIAL_BITS;
    String number = honest ? serial.toString(16) : "of " + serial.bitLength() + " bits";
    return "serial " + number + " of " + name.getName();
  }
}
