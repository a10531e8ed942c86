package hapax.reconstruct.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.jspecify.annotations.Nullable;

/** The attributes that a CMS signer signed together with the digest of the content, if any. */
final class CmsAttributes {
  private final @Nullable ASN1Set attributes;
  private final Optional<Instant> signingTime;

  CmsAttributes(SignerInfo signer) {
    this.attributes = signer.getAuthenticatedAttributes();
    this.signingTime = readSigningTime();
  }

  boolean arePresent() {
    return attributes != null;
  }

  byte[] encoded(String encoding) throws IOException {
    return attributes == null ? new byte[0] : attributes.getEncoded(encoding);
  }

  /** Whether they came in the order that DER demands. */
  boolean isOrdered() throws IOException {
    return Arrays.equals(encoded(ASN1Encoding.DER), encoded(ASN1Encoding.DL));
  }

  byte[] messageDigest() throws SyntaxFault {
    return single(CMSAttributes.messageDigest)
        .map(value -> ASN1OctetString.getInstance(value).getOctets())
        .orElseThrow(() -> new SyntaxFault("the signed attributes lack the content's digest"));
  }

  /** The content's kind, an object identifier; empty if it is missing. */
  String contentType() {
    return single(CMSAttributes.contentType)
        .map(value -> ASN1ObjectIdentifier.getInstance(value).getId())
        .orElse("");
  }

  /** When the signer says it signed; a time that can not be read is as good as none. */
  Optional<Instant> signingTime() {
    return signingTime;
  }

  private Optional<Instant> readSigningTime() {
    try {
      return single(CMSAttributes.signingTime)
          .flatMap(value -> AsnTime.instant(Time.getInstance(value).getTime()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The one value of the one attribute of that type (RFC 5652 section 11). */
  private Optional<ASN1Encodable> single(ASN1ObjectIdentifier type) {
    Optional<ASN1Encodable> found = Optional.empty();
    if (attributes == null) {
      return found;
    }
    for (ASN1Encodable entry : attributes) {
      Attribute attribute = Attribute.getInstance(entry);
      if (attribute.getAttrType().equals(type)) {
        if (found.isPresent() || attribute.getAttrValues().size() != 1) {
          return Optional.empty();
        }
        found = Optional.of(attribute.getAttrValues().getObjectAt(0));
      }
    }
    return found;
  }
}
