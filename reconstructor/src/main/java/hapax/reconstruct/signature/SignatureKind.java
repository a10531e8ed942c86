package hapax.reconstruct.signature;

/** The families of signatures in mail. */
public enum SignatureKind {
  /** RFC 6376. */
  DKIM("DKIM"),
  /** One ARC set, RFC 8617. */
  ARC("ARC"),
  /** RFC 4870, replaced by DKIM in 2007. */
  DOMAIN_KEYS("DomainKeys"),
  /** CMS in multipart/signed or application/pkcs7-mime, RFC 8551. */
  SMIME("S/MIME"),
  /** OpenPGP in multipart/signed or multipart/encrypted, RFC 3156. */
  PGP_MIME("PGP/MIME"),
  /** OpenPGP armor within a text. */
  PGP_INLINE("PGP inline");

  private final String words;

  SignatureKind(String words) {
    this.words = words;
  }

  /** The family's name for a person. */
  public String words() {
    return words;
  }
}
