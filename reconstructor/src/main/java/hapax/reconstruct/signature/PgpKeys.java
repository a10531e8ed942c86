package hapax.reconstruct.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/** OpenPGP keys by their identifiers. */
final class PgpKeys {
  private final Map<Long, List<PgpKey>> byId = new HashMap<>();

  PgpKeys(List<PGPPublicKeyRing> rings) {
    for (PGPPublicKeyRing ring : rings) {
      for (PGPPublicKey key : ring) {
        byId.computeIfAbsent(key.getKeyID(), id -> new ArrayList<>()).add(new PgpKey(key, ring));
      }
    }
  }

  /**
   * The rings in a binary key file; of secret keys the public half.
   *
   * @throws IOException if they can not be read
   */
  static List<PGPPublicKeyRing> read(byte[] bytes) throws IOException {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    try {
      BcPGPObjectFactory factory = new BcPGPObjectFactory(new ByteArrayInputStream(bytes));
      for (Object next = factory.nextObject(); next != null; next = factory.nextObject()) {
        if (next instanceof PGPPublicKeyRing ring) {
          rings.add(ring);
        } else if (next instanceof PGPSecretKeyRing secret) {
          rings.add(secret.toCertificate());
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("the OpenPGP keys are damaged: " + e.getMessage(), e);
    }
    return rings;
  }

  /** The key that a signature names; by fingerprint where it gives one. */
  Optional<PgpKey> find(PGPSignature signature) {
    for (KeyIdentifier wanted : signature.getKeyIdentifiers()) {
      for (PgpKey key : byId.getOrDefault(wanted.getKeyId(), List.of())) {
        if (wanted.matches(key.key().getKeyIdentifier())) {
          return Optional.of(key);
        }
      }
    }
    return Optional.empty();
  }
}
