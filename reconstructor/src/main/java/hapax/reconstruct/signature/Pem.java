package hapax.reconstruct.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.cert.X509CertificateHolder;

/** Certificates as text (RFC 7468). */
final class Pem {
  private static final byte[] LINE_END = {'\n'};

  private Pem() {}

  static String certificate(X509CertificateHolder certificate) throws IOException {
    byte[] text = Base64.getMimeEncoder(64, LINE_END).encode(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n"
        + new String(text, StandardCharsets.US_ASCII)
        + "\n-----END CERTIFICATE-----\n";
  }
}
