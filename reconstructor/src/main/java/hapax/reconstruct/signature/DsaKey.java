package hapax.reconstruct.signature;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.crypto.DSA;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.DSASigner;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** A key for DSA or ECDSA (FIPS 186). */
record DsaKey(AsymmetricKeyParameter key) implements RawKey {
  private static final int SHORTEST_P = 1024;
  private static final int SHORTEST_CURVE = 192;

  @Override
  public KeyMatch match(DigestName digest, byte[] value, byte[] signature) {
    try {
      ASN1Sequence pair = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(signature));
      return pair.size() != 2 ? KeyMatch.WRONG : match(value, number(pair, 0), number(pair, 1));
    } catch (IOException | RuntimeException e) {
      return KeyMatch.WRONG; // not two numbers
    }
  }

  private static BigInteger number(ASN1Sequence pair, int index) {
    return ASN1Integer.getInstance(pair.getObjectAt(index)).getValue();
  }

  /** What this key says about the signature (r, s) over a digest. */
  KeyMatch match(byte[] value, BigInteger r, BigInteger s) {
    DSA scheme = key instanceof ECPublicKeyParameters ? new ECDSASigner() : new DSASigner();
    scheme.init(false, key);
    return scheme.verifySignature(value, r, s) ? KeyMatch.RIGHT : KeyMatch.WRONG;
  }

  @Override
  public String name() {
    return key instanceof ECPublicKeyParameters ? "ECDSA" : "DSA";
  }

  @Override
  public boolean signsMessage() {
    return false;
  }

  @Override
  public boolean isShort() {
    return key instanceof ECPublicKeyParameters ec
        ? ec.getParameters().getN().bitLength() < SHORTEST_CURVE
        : ((DSAPublicKeyParameters) key).getParameters().getP().bitLength() < SHORTEST_P;
  }
}
