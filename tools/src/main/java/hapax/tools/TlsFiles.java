package hapax.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificate files of mutual TLS, in PEM: who we are, and whom we trust. */
final class TlsFiles {
  private static final char[] NO_PASSWORD = new char[0];

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "For tcp: our certificate (hapax certificate makes one).")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "For tcp: its private key, PKCS #8.")
  private @Nullable Path key;

  @Option(
      names = "--trusted",
      paramLabel = "FILE",
      description = "For tcp: the certificates of peers, or of who signed them, one after another.")
  private @Nullable Path trusted;

  /** What the files say. */
  SSLContext context() throws IOException {
    if (certificate == null || key == null || trusted == null) {
      throw new FailedException("tcp needs --certificate, --key and --trusted");
    }
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own(certificate, key), NO_PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(peers(trusted));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException bad) {
      throw new IOException("certificates: " + bad.getMessage(), bad);
    }
  }

  private static KeyStore own(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    List<Certificate> chain = certificates(certificate);
    PrivateKey secret = key(key, chain.get(0).getPublicKey().getAlgorithm());
    KeyStore store = empty();
    store.setKeyEntry("own", secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore peers(Path trusted) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate each : certificates(trusted)) {
      store.setCertificateEntry("peer" + number++, each);
    }
    return store;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static List<Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      List<Certificate> all =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (all.isEmpty()) {
        throw new FailedException(file + " has no certificate");
      }
      return all;
    }
  }

  private static PrivateKey key(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
      throw new FailedException(file + " has no private key in PKCS #8");
    }
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }
}
