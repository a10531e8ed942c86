package hapax.reconstruct.signature;

import java.util.Locale;

/** The algorithms of DKIM (RFC 6376 section 3.3, RFC 8463). */
enum DkimAlgorithm {
  RSA_SHA1("rsa", DigestName.SHA1, "sha1", Strength.WEAK),
  RSA_SHA256("rsa", DigestName.SHA256, "sha256", Strength.FULL),
  ED25519_SHA256("ed25519", DigestName.SHA256, "sha256", Strength.FULL);

  private final String keyType;
  private final DigestName digest;
  private final String hashName;
  private final Strength strength;

  DkimAlgorithm(String keyType, DigestName digest, String hashName, Strength strength) {
    this.keyType = keyType;
    this.digest = digest;
    this.hashName = hashName;
    this.strength = strength;
  }

  static DkimAlgorithm of(String name) throws SyntaxFault {
    for (DkimAlgorithm algorithm : values()) {
      if (algorithm.label().equals(name.toLowerCase(Locale.ROOT))) {
        return algorithm;
      }
    }
    throw new SyntaxFault("unknown algorithm: a=" + name);
  }

  /** ARC is younger than the end of SHA-1 (RFC 8301), and has never allowed it. */
  void checkForArc() throws SyntaxFault {
    if (this == RSA_SHA1) {
      throw new SyntaxFault("ARC does not allow " + label());
    }
  }

  /** As {@code a=} writes it. */
  String label() {
    return keyType + "-" + hashName;
  }

  /** As {@code k=} of the key record writes it. */
  String keyType() {
    return keyType;
  }

  DigestName digest() {
    return digest;
  }

  /** As {@code h=} of the key record writes it. */
  String hashName() {
    return hashName;
  }

  Strength strength() {
    return strength;
  }
}
