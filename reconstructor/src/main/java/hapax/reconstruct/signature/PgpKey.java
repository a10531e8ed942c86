package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.DSAPublicBCPGKey;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;

/** An OpenPGP key or subkey, within the ring of its owner. */
record PgpKey(PGPPublicKey key, PGPPublicKeyRing ring) {
  /** Ready to check signatures with; refuses keys that would cost too much to use. */
  RawKey raw() throws SyntaxFault {
    try {
      if (key.getPublicKeyPacket().getKey() instanceof RSAPublicBCPGKey rsa) {
        return RsaKey.of(rsa.getModulus(), rsa.getPublicExponent());
      }
      if (key.getPublicKeyPacket().getKey() instanceof DSAPublicBCPGKey dsa
          && dsa.getP().bitLength() > Limits.DSA_BITS) {
        throw new SyntaxFault("a DSA key of " + dsa.getP().bitLength() + " bits");
      }
      AsymmetricKeyParameter parameter = new BcPGPKeyConverter().getPublicKey(key);
      return RawKeys.of(parameter);
    } catch (PGPException | RuntimeException e) {
      throw new SyntaxFault("the OpenPGP key can not be read: " + e.getMessage());
    }
  }

  /** The owner's first name and the key's fingerprint. */
  String words() {
    Iterator<byte[]> names = ring.getPublicKey().getRawUserIDs();
    String name = names.hasNext() ? new String(names.next(), StandardCharsets.UTF_8) + " " : "";
    return name + HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
  }

  /** Why the key was no good at {@code when}; empty if it was. */
  Optional<String> fault(Instant when) {
    Optional<String> own = fault(key, when);
    PGPPublicKey primary = ring.getPublicKey();
    return own.isPresent() || primary == key ? own : fault(primary, when);
  }

  private static Optional<String> fault(PGPPublicKey key, Instant when) {
    Instant made = key.getCreationTime().toInstant();
    if (when.isBefore(made)) {
      return Optional.of("the key was made only at " + made);
    }
    if (key.hasRevocation()) {
      return Optional.of("the key was revoked");
    }
    long seconds = key.getValidSeconds();
    return seconds > 0 && when.isAfter(made.plusSeconds(seconds))
        ? Optional.of("the key expired at " + made.plusSeconds(seconds))
        : Optional.empty();
  }

  /** The ring as armored text. */
  String armored() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArmoredOutputStream armor = ArmoredOutputStream.builder().clearHeaders().build(out)) {
      ring.encode(armor);
    }
    return out.toString(StandardCharsets.US_ASCII);
  }
}
