package hapax.reconstruct.signature;

import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed448Signer;

/** An Ed25519 or Ed448 key (RFC 8032). DKIM signs the digest as the message (RFC 8463). */
record EdwardsKey(AsymmetricKeyParameter key) implements RawKey {
  static EdwardsKey ed25519(byte[] bytes) throws SyntaxFault {
    if (bytes.length != Ed25519PublicKeyParameters.KEY_SIZE) {
      throw new SyntaxFault("an Ed25519 key of " + bytes.length + " bytes");
    }
    try {
      return new EdwardsKey(new Ed25519PublicKeyParameters(bytes));
    } catch (IllegalArgumentException e) {
      throw new SyntaxFault("the Ed25519 key is no point of the curve");
    }
  }

  static EdwardsKey ed448(byte[] bytes) throws SyntaxFault {
    if (bytes.length != Ed448PublicKeyParameters.KEY_SIZE) {
      throw new SyntaxFault("an Ed448 key of " + bytes.length + " bytes");
    }
    try {
      return new EdwardsKey(new Ed448PublicKeyParameters(bytes));
    } catch (IllegalArgumentException e) {
      throw new SyntaxFault("the Ed448 key is no point of the curve");
    }
  }

  @Override
  public KeyMatch match(DigestName digest, byte[] value, byte[] signature) {
    Signer signer =
        key instanceof Ed448PublicKeyParameters
            ? new Ed448Signer(new byte[0])
            : new Ed25519Signer();
    signer.init(false, key);
    signer.update(value, 0, value.length);
    try {
      return signer.verifySignature(signature) ? KeyMatch.RIGHT : KeyMatch.WRONG;
    } catch (RuntimeException e) {
      return KeyMatch.WRONG; // a signature of the wrong length
    }
  }

  @Override
  public String name() {
    return key instanceof Ed448PublicKeyParameters ? "Ed448" : "Ed25519";
  }

  @Override
  public boolean signsMessage() {
    return true;
  }

  @Override
  public boolean isShort() {
    return false;
  }
}
