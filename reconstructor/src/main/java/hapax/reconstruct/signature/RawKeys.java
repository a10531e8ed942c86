package hapax.reconstruct.signature;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Reads public keys from their encodings, refusing those that would cost too much to use. */
final class RawKeys {
  private RawKeys() {}

  /** The key of a DKIM record, RFC 6376 section 3.6.1 and RFC 8463 section 4. */
  static RawKey of(DkimKey record) throws SyntaxFault {
    if (record.type().equals("ed25519")) {
      return EdwardsKey.ed25519(record.key());
    }
    try {
      ASN1Primitive object = ASN1Primitive.fromByteArray(record.key());
      return RsaKey.of(rsa(object));
    } catch (IOException | RuntimeException e) {
      throw new SyntaxFault("the key can not be read: " + e.getMessage());
    }
  }

  /** A SubjectPublicKeyInfo, or a bare RSAPublicKey as RFC 6376 says and few write. */
  private static RSAPublicKey rsa(ASN1Primitive object) throws IOException {
    try {
      return RSAPublicKey.getInstance(SubjectPublicKeyInfo.getInstance(object).parsePublicKey());
    } catch (IllegalArgumentException e) {
      return RSAPublicKey.getInstance(object);
    }
  }

  /** The key of a certificate, RFC 3279, 4055, 5480 and 8410. */
  static RawKey of(SubjectPublicKeyInfo info) throws SyntaxFault {
    try {
      return read(info);
    } catch (IOException | RuntimeException e) {
      throw new SyntaxFault("the key can not be read: " + e.getMessage());
    }
  }

  /** A key that Bouncy Castle has read, other than RSA. */
  static RawKey of(AsymmetricKeyParameter key) throws SyntaxFault {
    if (key instanceof Ed25519PublicKeyParameters || key instanceof Ed448PublicKeyParameters) {
      return new EdwardsKey(key);
    }
    if (key instanceof ECPublicKeyParameters || key instanceof DSAPublicKeyParameters) {
      return new DsaKey(key);
    }
    throw new SyntaxFault("a key that is not for signatures");
  }

  private static RawKey read(SubjectPublicKeyInfo info) throws IOException, SyntaxFault {
    ASN1ObjectIdentifier type = info.getAlgorithm().getAlgorithm();
    if (type.equals(PKCSObjectIdentifiers.rsaEncryption)
        || type.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      return RsaKey.of(RSAPublicKey.getInstance(info.parsePublicKey()));
    }
    if (type.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return EdwardsKey.ed25519(info.getPublicKeyData().getOctets());
    }
    if (type.equals(EdECObjectIdentifiers.id_Ed448)) {
      return EdwardsKey.ed448(info.getPublicKeyData().getOctets());
    }
    if (type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      if (!(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier)) {
        throw new SyntaxFault("a curve without a name");
      }
      return new DsaKey(PublicKeyFactory.createKey(info));
    }
    if (type.equals(X9ObjectIdentifiers.id_dsa)) {
      DSAParameter parameters = DSAParameter.getInstance(info.getAlgorithm().getParameters());
      if (parameters.getP().bitLength() > Limits.DSA_BITS
          || parameters.getQ().bitLength() > Limits.DSA_BITS / 8) {
        throw new SyntaxFault("a DSA key of " + parameters.getP().bitLength() + " bits");
      }
      return new DsaKey(PublicKeyFactory.createKey(info));
    }
    throw new SyntaxFault("a key of unknown type " + type);
  }
}
