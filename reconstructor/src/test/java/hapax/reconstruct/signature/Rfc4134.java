package hapax.reconstruct.signature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;

/** The examples of RFC 4134, in the form in which its appendix B hands them out. */
final class Rfc4134 {
  private final Map<String, byte[]> examples = new HashMap<>();

  private Rfc4134() {}

  static Rfc4134 read() {
    Rfc4134 all = new Rfc4134();
    StringBuilder base64 = new StringBuilder();
    for (String line : text().lines().toList()) {
      if (line.startsWith("|<")) {
        all.examples.put(line.substring(2), Base64.getDecoder().decode(base64.toString()));
      } else if (line.startsWith("|>")) {
        base64.setLength(0);
      } else if (line.startsWith("|")) {
        base64.append(line, 1, line.length());
      }
    }
    return all;
  }

  private static String text() {
    try (InputStream in = Rfc4134.class.getResourceAsStream("rfc4134.txt")) {
      if (in == null) {
        throw new AssertionError("the examples are not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of an example, such as {@code 4.1.bin}. */
  byte[] bytes(String name) {
    byte[] bytes = examples.get(name);
    if (bytes == null) {
      throw new AssertionError("there is no example " + name);
    }
    return bytes;
  }

  /** These certificates as given keys. */
  Keys certificates(String... names) {
    StringBuilder pem = new StringBuilder();
    for (String name : names) {
      try {
        pem.append(Pem.certificate(new X509CertificateHolder(bytes(name + ".cer")))).append('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Messages.keys(pem.toString());
  }
}
