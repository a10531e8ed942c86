package hapax.reconstruct.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A public key from a DNS record, ready to check signatures over digests. */
sealed interface RawKey {
  /** What this key says about {@code signature} over {@code digest}. */
  KeyMatch match(String digestName, byte[] digest, byte[] signature);

  /** The key's length in bits, for the question whether it is too short. */
  int bits();

  static RawKey read(DkimKey record) throws SyntaxFault {
    return record.type().equals("ed25519") ? Ed25519.read(record.key()) : Rsa.read(record.key());
  }

  /** An RSA key, with signatures as PKCS #1 version 1.5 pads them. */
  record Rsa(RSAKeyParameters key) implements RawKey {
    /** A SubjectPublicKeyInfo, or a bare RSAPublicKey as RFC 6376 says and nobody writes. */
    static Rsa read(byte[] bytes) throws SyntaxFault {
      try {
        return new Rsa(parameters(structure(ASN1Primitive.fromByteArray(bytes))));
      } catch (IOException | RuntimeException e) {
        throw new SyntaxFault("the key can not be read: " + e.getMessage());
      }
    }

    private static RSAPublicKey structure(ASN1Primitive object) throws IOException {
      try {
        return RSAPublicKey.getInstance(SubjectPublicKeyInfo.getInstance(object).parsePublicKey());
      } catch (IllegalArgumentException e) {
        return RSAPublicKey.getInstance(object);
      }
    }

    /** Without Bouncy Castle's primality test, which costs as much as making a signature. */
    private static RSAKeyParameters parameters(RSAPublicKey key) throws SyntaxFault {
      BigInteger modulus = key.getModulus();
      BigInteger exponent = key.getPublicExponent();
      if (modulus.signum() <= 0 || !modulus.testBit(0) || modulus.bitLength() > Limits.RSA_BITS) {
        throw new SyntaxFault("an RSA modulus of " + modulus.bitLength() + " bits");
      }
      if (!exponent.testBit(0) || exponent.bitLength() > Limits.RSA_EXPONENT_BITS) {
        throw new SyntaxFault("an RSA exponent of " + exponent.bitLength() + " bits");
      }
      return new RSAKeyParameters(false, modulus, exponent, true);
    }

    @Override
    public KeyMatch match(String digestName, byte[] digest, byte[] signature) {
      byte[] opened = open(signature);
      if (Arrays.equals(opened, info(digestName, digest))) {
        return KeyMatch.RIGHT;
      }
      return opened.length > digest.length && isInfo(opened)
          ? KeyMatch.OTHER_DIGEST
          : KeyMatch.WRONG;
    }

    /** What the signature pads, or nothing if this key did not make it. */
    private byte[] open(byte[] signature) {
      PKCS1Encoding engine = new PKCS1Encoding(new RSAEngine());
      engine.init(false, key);
      try {
        return engine.processBlock(signature, 0, signature.length);
      } catch (InvalidCipherTextException | RuntimeException e) {
        return new byte[0]; // not padded as a signature is: another key's, or damaged
      }
    }

    private static byte[] info(String digestName, byte[] digest) {
      ASN1ObjectIdentifier oid =
          digestName.equals("SHA-1")
              ? OIWObjectIdentifiers.idSHA1
              : NISTObjectIdentifiers.id_sha256;
      AlgorithmIdentifier algorithm = new AlgorithmIdentifier(oid, DERNull.INSTANCE);
      try {
        return new DigestInfo(algorithm, digest).getEncoded(ASN1Encoding.DER);
      } catch (IOException e) {
        throw new IllegalStateException("a digest can not be encoded", e);
      }
    }

    private static boolean isInfo(byte[] opened) {
      try {
        return DigestInfo.getInstance(opened) != null;
      } catch (RuntimeException e) {
        return false; // anything else that happens to be padded
      }
    }

    @Override
    public int bits() {
      return key.getModulus().bitLength();
    }
  }

  /** An Ed25519 key, which signs the digest as its message (RFC 8463 section 3). */
  record Ed25519(Ed25519PublicKeyParameters key) implements RawKey {
    static Ed25519 read(byte[] bytes) throws SyntaxFault {
      if (bytes.length != Ed25519PublicKeyParameters.KEY_SIZE) {
        throw new SyntaxFault("an Ed25519 key of " + bytes.length + " bytes");
      }
      try {
        return new Ed25519(new Ed25519PublicKeyParameters(bytes));
      } catch (IllegalArgumentException e) {
        throw new SyntaxFault("the Ed25519 key is no point of the curve");
      }
    }

    @Override
    public KeyMatch match(String digestName, byte[] digest, byte[] signature) {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(false, key);
      signer.update(digest, 0, digest.length);
      return signer.verifySignature(signature) ? KeyMatch.RIGHT : KeyMatch.WRONG;
    }

    @Override
    public int bits() {
      return 256;
    }
  }
}
