package hapax.reconstruct.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;

/** An RSA key, for signatures padded as PKCS #1 version 1.5 or PSS has it (RFC 8017). */
record RsaKey(RSAKeyParameters key) implements RawKey {
  /** RFC 8301 section 3.2, and every other recommendation of this century. */
  private static final int SHORTEST = 1024;

  static RsaKey of(RSAPublicKey key) throws SyntaxFault {
    return of(key.getModulus(), key.getPublicExponent());
  }

  /** Without Bouncy Castle's primality test, which costs as much as making a signature. */
  static RsaKey of(BigInteger modulus, BigInteger exponent) throws SyntaxFault {
    if (modulus.signum() <= 0 || !modulus.testBit(0) || modulus.bitLength() > Limits.RSA_BITS) {
      throw new SyntaxFault("an RSA modulus of " + modulus.bitLength() + " bits");
    }
    if (!exponent.testBit(0) || exponent.bitLength() > Limits.RSA_EXPONENT_BITS) {
      throw new SyntaxFault("an RSA exponent of " + exponent.bitLength() + " bits");
    }
    return new RsaKey(new RSAKeyParameters(false, modulus, exponent, true));
  }

  @Override
  public KeyMatch match(DigestName digest, byte[] value, byte[] signature) {
    byte[] opened = open(signature);
    if (Arrays.equals(opened, info(digest, value, true))
        || Arrays.equals(opened, info(digest, value, false))) {
      return KeyMatch.RIGHT;
    }
    return isInfo(opened) ? KeyMatch.OTHER_DIGEST : KeyMatch.WRONG;
  }

  /** What the signature pads, or nothing if this key did not make it. */
  private byte[] open(byte[] signature) {
    PKCS1Encoding engine = new PKCS1Encoding(new RSAEngine());
    engine.init(false, key);
    try {
      return engine.processBlock(signature, 0, signature.length);
    } catch (CryptoException | RuntimeException e) {
      return new byte[0]; // not padded as a signature is: another key's, or damaged
    }
  }

  /** RFC 8017 appendix A.2.4: the parameters of the digest are NULL, or by some left out. */
  private static byte[] info(DigestName digest, byte[] value, boolean withNull) {
    AlgorithmIdentifier algorithm =
        withNull
            ? new AlgorithmIdentifier(digest.oid(), DERNull.INSTANCE)
            : new AlgorithmIdentifier(digest.oid());
    try {
      return new DigestInfo(algorithm, value).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a digest can not be encoded", e);
    }
  }

  private static boolean isInfo(byte[] opened) {
    try {
      return opened.length > 0 && DigestInfo.getInstance(opened) != null;
    } catch (RuntimeException e) {
      return false; // anything else that happens to be padded
    }
  }

  /** Whether this key signed that digest with PSS padding. */
  KeyMatch matchPss(PssParameters parameters, byte[] value, byte[] signature) {
    PSSSigner signer =
        PSSSigner.createRawSigner(
            new RSAEngine(),
            parameters.digest().bouncyCastle(),
            parameters.mask().bouncyCastle(),
            parameters.saltLength(),
            parameters.trailer());
    signer.init(false, key);
    signer.update(value, 0, value.length);
    return signer.verifySignature(signature) ? KeyMatch.RIGHT : KeyMatch.WRONG;
  }

  @Override
  public String name() {
    return "RSA";
  }

  @Override
  public boolean signsMessage() {
    return false;
  }

  @Override
  public boolean isShort() {
    return key.getModulus().bitLength() < SHORTEST;
  }
}
