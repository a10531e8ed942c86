package hapax.reconstruct.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Keys as text, of all kinds mixed: PEM certificates, armored OpenPGP keys, zone lines. */
final class KeyText {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";

  private final List<String> zoneLines = new ArrayList<>();
  private final List<X509CertificateHolder> certificates = new ArrayList<>();

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
    }
  }

  List<String> zoneLines() {
    return zoneLines;
  }

  List<X509CertificateHolder> certificates() {
    return certificates;
  }
}
