package hapax.reconstruct.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The public keys that signatures are checked with, besides those that messages carry. Any thread
 * may use it.
 */
public final class Keys {
  private static final TxtLookup NOWHERE = name -> List.of();

  /** What a DER certificate begins with: a SEQUENCE. */
  private static final int DER_SEQUENCE = 0x30;

  private final Map<String, List<String>> dkimRecords;
  private final DkimKeys dkim;
  private final GivenCertificates certificates;

  private Keys(
      Map<String, List<String>> dkimRecords, TxtLookup lookup, GivenCertificates certificates) {
    this.dkimRecords = dkimRecords;
    this.dkim = new DkimKeys(dkimRecords, lookup);
    this.certificates = certificates;
  }

  /** No keys but those in the messages. */
  public static Keys none() {
    return new Keys(Map.of(), NOWHERE, new GivenCertificates(List.of()));
  }

  /**
   * The keys in {@code text}: DKIM records as zone lines or {@code name TXT record}, PEM
   * certificates, armored OpenPGP keys, in any order. Other lines are passed over.
   *
   * @throws IOException if a certificate or key is damaged
   */
  public static Keys of(String text) throws IOException {
    KeyText keys = new KeyText();
    keys.add(text);
    return of(keys, List.of());
  }

  /**
   * The keys in {@code files}: text as in {@link #of}, or a DER certificate, or a binary OpenPGP
   * key ring.
   *
   * @throws IOException if a file can not be read, or a key in it is damaged; the message names it
   */
  public static Keys read(Collection<Path> files) throws IOException {
    KeyText text = new KeyText();
    List<X509CertificateHolder> binary = new ArrayList<>();
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      try {
        if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
          binary.add(new X509CertificateHolder(bytes));
        } else {
          text.add(new String(bytes, StandardCharsets.ISO_8859_1));
        }
      } catch (IOException e) {
        throw new IOException(file + ": a key can not be read: " + e.getMessage(), e);
      }
    }
    return of(text, binary);
  }

  private static Keys of(KeyText text, List<X509CertificateHolder> binary) {
    List<X509CertificateHolder> certificates = new ArrayList<>(binary);
    certificates.addAll(text.certificates());
    return new Keys(ZoneText.read(text.zoneLines()), NOWHERE, new GivenCertificates(certificates));
  }

  /** These keys, and {@code lookup} for DKIM keys that are not among them. */
  public Keys withLookup(TxtLookup lookup) {
    return new Keys(dkimRecords, lookup, certificates);
  }

  GivenCertificates certificates() {
    return certificates;
  }

  DkimKeys dkim() {
    return dkim;
  }
}
