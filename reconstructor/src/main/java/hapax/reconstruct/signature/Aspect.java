package hapax.reconstruct.signature;

/** What is asked of a signature, in the order in which a person asks it. */
public enum Aspect {
  /** Are the signed content's bytes those that the signer digested? */
  BODY_DIGEST("body digest"),
  /** Are the signed header fields or signed attributes those that the signer digested? */
  HEADER_DIGEST("header digest"),
  /** Is the signer's key at hand, and meant for this use? */
  KEY("key"),
  /** Was the signature made with that key over that digest? */
  SIGNATURE("signature"),
  /** Does an ARC set seal all sets before it? */
  SEAL("seal"),
  /** Does the signer's certificate lead to a given root; is an ARC chain whole? */
  CHAIN("chain"),
  /** Were key and signature within their time when the signature was made or arrived? */
  VALIDITY("validity");

  private final String words;

  Aspect(String words) {
    this.words = words;
  }

  /** The aspect's name for a person. */
  public String words() {
    return words;
  }
}
