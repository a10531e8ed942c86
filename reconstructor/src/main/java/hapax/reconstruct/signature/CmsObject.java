package hapax.reconstruct.signature;

import java.util.List;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/** What a CMS object turned out to be. */
sealed interface CmsObject {
  /**
   * Signed data.
   *
   * @param contentType what the signers say they signed, an object identifier
   * @param enclosing whether the content is enclosed, and not elsewhere
   */
  record Signed(
      String contentType,
      boolean enclosing,
      List<X509CertificateHolder> certificates,
      List<SignerInfo> signers)
      implements CmsObject {}

  /** Compressed data; the content was inflated. */
  record Compressed() implements CmsObject {}

  /**
   * Encrypted data.
   *
   * @param how the kind of encryption, for a person
   */
  record Sealed(String how) implements CmsObject {}
}
