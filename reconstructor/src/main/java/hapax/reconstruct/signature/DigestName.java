package hapax.reconstruct.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SHA512tDigest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.jcajce.provider.digest.RIPEMD160;
import org.bouncycastle.jcajce.provider.digest.SHA3;

/**
 * The digests that signatures in mail use. They come from the JDK, whose SHA-256 is six times as
 * fast as Bouncy Castle's: digests are most of the work on a large message.
 */
enum DigestName {
  MD5("MD5", PKCSObjectIdentifiers.md5, 1),
  SHA1("SHA-1", OIWObjectIdentifiers.idSHA1, 2),
  RIPEMD160("RIPEMD160", TeleTrusTObjectIdentifiers.ripemd160, 3),
  SHA224("SHA-224", NISTObjectIdentifiers.id_sha224, 11),
  SHA256("SHA-256", NISTObjectIdentifiers.id_sha256, 8),
  SHA384("SHA-384", NISTObjectIdentifiers.id_sha384, 9),
  SHA512("SHA-512", NISTObjectIdentifiers.id_sha512, 10),
  SHA512_224("SHA-512/224", NISTObjectIdentifiers.id_sha512_224, -1),
  SHA512_256("SHA-512/256", NISTObjectIdentifiers.id_sha512_256, -1),
  SHA3_224("SHA3-224", NISTObjectIdentifiers.id_sha3_224, -1),
  SHA3_256("SHA3-256", NISTObjectIdentifiers.id_sha3_256, 12),
  SHA3_384("SHA3-384", NISTObjectIdentifiers.id_sha3_384, -1),
  SHA3_512("SHA3-512", NISTObjectIdentifiers.id_sha3_512, 14),
  /** With 512 bits of output, as Ed448 has it in CMS (RFC 8419 section 3.1). */
  SHAKE256("SHAKE256", NISTObjectIdentifiers.id_shake256, -1);

  private final String label;
  private final String oid;
  private final int pgp;

  DigestName(String label, ASN1ObjectIdentifier oid, int pgp) {
    this.label = label;
    this.oid = oid.getId();
    this.pgp = pgp;
  }

  static Optional<DigestName> of(ASN1ObjectIdentifier oid) {
    if (oid.equals(NISTObjectIdentifiers.id_shake256_len)) {
      return Optional.of(SHAKE256);
    }
    return Arrays.stream(values()).filter(d -> d.oid.equals(oid.getId())).findFirst();
  }

  /** By its number in OpenPGP, RFC 9580 section 9.5. */
  static Optional<DigestName> ofPgp(int number) {
    return Arrays.stream(values()).filter(d -> d.pgp == number).findFirst();
  }

  String label() {
    return label;
  }

  ASN1ObjectIdentifier oid() {
    return new ASN1ObjectIdentifier(oid);
  }

  /** Collisions can be made, or nearly so. */
  boolean isWeak() {
    return this == MD5 || this == SHA1 || this == RIPEMD160;
  }

  /** A fresh digest. */
  MessageDigest start() {
    try {
      return switch (this) {
        case RIPEMD160 -> new RIPEMD160.Digest();
        case SHAKE256 -> new SHA3.DigestShake256_512();
        default -> MessageDigest.getInstance(label);
      };
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + label, e);
    }
  }

  /** A copy that goes on from the same bytes. */
  static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(digest.getAlgorithm() + " can not be copied", e);
    }
  }

  /** The same for the insides of Bouncy Castle's signature schemes, on short input. */
  Digest bouncyCastle() {
    return switch (this) {
      case MD5 -> new MD5Digest();
      case SHA1 -> new SHA1Digest();
      case RIPEMD160 -> new RIPEMD160Digest();
      case SHA224 -> new SHA224Digest();
      case SHA256 -> new SHA256Digest();
      case SHA384 -> new SHA384Digest();
      case SHA512 -> new SHA512Digest();
      case SHA512_224 -> new SHA512tDigest(224);
      case SHA512_256 -> new SHA512tDigest(256);
      case SHA3_224 -> new SHA3Digest(224);
      case SHA3_256 -> new SHA3Digest(256);
      case SHA3_384 -> new SHA3Digest(384);
      case SHA3_512 -> new SHA3Digest(512);
      case SHAKE256 -> new SHAKEDigest(256);
    };
  }
}
