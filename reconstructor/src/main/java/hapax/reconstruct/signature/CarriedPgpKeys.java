package hapax.reconstruct.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;

/**
 * The OpenPGP keys that a message brings along, attached (RFC 3156 section 7) or in an Autocrypt
 * field. They prove no identity, but that the bytes are those that were signed. They are read only
 * when a signature asks for a key that was not given.
 */
final class CarriedPgpKeys {
  /** Parts and fields that are read. */
  private static final int MOST = 5;

  private static final long LARGEST = 256 << 10;
  private static final String AUTOCRYPT = "autocrypt";

  /** Writes the bytes of a key, armored or not. */
  private interface Source {
    byte[] bytes() throws IOException, SyntaxFault;
  }

  private final List<Source> sources = new ArrayList<>();
  private Optional<PgpKeys> keys = Optional.empty();

  void add(MessagePart part, ContentType type) {
    if (part.to() - part.from() <= LARGEST) {
      sources.add(
          () -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            TransferDecoder.decode(part, type, out);
            return PgpArmor.decode(out.toByteArray());
          });
    }
  }

  void addFields(HeaderBlock header) {
    for (HeaderField field : header.named(AUTOCRYPT)) {
      sources.add(
          () -> Ascii.base64(DkimField.tags(header, field).get("keydata"), "Autocrypt's keydata"));
    }
  }

  Optional<PgpKey> find(PGPSignature signature) throws IOException {
    if (keys.isEmpty()) {
      keys = Optional.of(read());
    }
    return keys.get().find(signature);
  }

  private PgpKeys read() throws IOException {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    for (Source source : sources.subList(0, Math.min(sources.size(), MOST))) {
      rings.addAll(rings(source));
    }
    return new PgpKeys(rings);
  }

  private static List<PGPPublicKeyRing> rings(Source source) throws IOException {
    byte[] bytes;
    try {
      bytes = source.bytes();
    } catch (SyntaxFault e) {
      return List.of(); // a key that can not be read is as good as none: the verdict says so
    }
    try {
      return PgpKeys.read(bytes);
    } catch (IOException e) {
      return List.of(); // likewise
    }
  }
}
