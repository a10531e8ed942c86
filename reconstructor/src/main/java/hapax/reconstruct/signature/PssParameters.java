package hapax.reconstruct.signature;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.signers.PSSSigner;

/** The choices that RSA with PSS padding leaves open (RFC 8017 appendix A.2.3). */
record PssParameters(DigestName digest, DigestName mask, int saltLength, byte trailer) {
  /** No modulus within limits has room for more. */
  private static final int LONGEST_SALT = 4096;

  static PssParameters of(AlgorithmIdentifier algorithm) throws SyntaxFault {
    ASN1Encodable given = algorithm.getParameters();
    RSASSAPSSparams params =
        given == null ? new RSASSAPSSparams() : RSASSAPSSparams.getInstance(given);
    AlgorithmIdentifier mask = params.getMaskGenAlgorithm();
    if (!mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)) {
      throw new SyntaxFault("an unknown mask generation, " + mask.getAlgorithm());
    }
    int salt = params.getSaltLength().intValueExact();
    if (salt < 0 || salt > LONGEST_SALT || params.getTrailerField().intValueExact() != 1) {
      throw new SyntaxFault("PSS parameters that nobody uses");
    }
    return new PssParameters(
        digest(params.getHashAlgorithm()),
        digest(AlgorithmIdentifier.getInstance(mask.getParameters())),
        salt,
        PSSSigner.TRAILER_IMPLICIT);
  }

  private static DigestName digest(AlgorithmIdentifier algorithm) throws SyntaxFault {
    return DigestName.of(algorithm.getAlgorithm())
        .orElseThrow(() -> new SyntaxFault("an unknown digest, " + algorithm.getAlgorithm()));
  }
}
