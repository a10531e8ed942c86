package hapax.reconstruct.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/** Keys as text, of all kinds mixed: PEM certificates, armored OpenPGP keys, zone lines. */
final class KeyText {
  /** What a DER certificate begins with; an OpenPGP packet has the highest bit set. */
  private static final int DER_SEQUENCE = 0x30;

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";

  private final List<String> zoneLines = new ArrayList<>();
  private final List<X509CertificateHolder> certificates = new ArrayList<>();
  private final List<PGPPublicKeyRing> pgpKeys = new ArrayList<>();

  /**
   * Takes the keys in {@code text}.
   *
   * @throws IOException if a block of a known kind can not be read
   */
  void add(String text) throws IOException {
    StringBuilder block = new StringBuilder();
    String label = "";
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (label.isEmpty() && line.startsWith(BEGIN)) {
        label = line.substring(BEGIN.length()).replace("-----", "").strip();
        block.setLength(0);
      } else if (!label.isEmpty() && line.startsWith(END)) {
        block(label, block.toString());
        label = "";
      } else if (!label.isEmpty()) {
        block.append(line).append('\n');
      } else {
        zoneLines.add(line);
      }
    }
  }

  private void block(String label, String body) throws IOException {
    if (label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE")) {
      certificates.add(new X509CertificateHolder(Base64.getMimeDecoder().decode(body)));
    } else if (label.startsWith("PGP P")) {
      pgp(body);
    }
  }

  private void pgp(String body) throws IOException {
    try {
      pgpKeys.addAll(PgpKeys.read(PgpArmor.block(body.lines().iterator())));
    } catch (SyntaxFault e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Takes a DER certificate or a binary OpenPGP key ring. */
  void add(byte[] binary) throws IOException {
    if (binary[0] == DER_SEQUENCE) {
      certificates.add(new X509CertificateHolder(binary));
    } else {
      pgpKeys.addAll(PgpKeys.read(binary));
    }
  }

  /** Whether a file is none of the text kinds: these begin with ASCII, and never with 0. */
  static boolean isBinary(byte[] file) {
    return file.length > 1 && (file[0] < 0 || (file[0] == DER_SEQUENCE && file[1] < 0));
  }

  List<String> zoneLines() {
    return zoneLines;
  }

  List<PGPPublicKeyRing> pgpKeys() {
    return pgpKeys;
  }

  List<X509CertificateHolder> certificates() {
    return certificates;
  }
}
