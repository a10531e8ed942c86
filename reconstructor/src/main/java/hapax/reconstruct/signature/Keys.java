package hapax.reconstruct.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The public keys that signatures are checked with, besides those that messages carry. Any thread
 * may use it.
 */
public final class Keys {
  private static final TxtLookup NOWHERE = name -> List.of();

  private final Map<String, List<String>> dkimRecords;
  private final DkimKeys dkim;
  private final GivenCertificates certificates;
  private final PgpKeys pgp;

  private Keys(
      Map<String, List<String>> dkimRecords,
      TxtLookup lookup,
      GivenCertificates certificates,
      PgpKeys pgp) {
    this.dkimRecords = dkimRecords;
    this.dkim = new DkimKeys(dkimRecords, lookup);
    this.certificates = certificates;
    this.pgp = pgp;
  }

  /** No keys but those in the messages. */
  public static Keys none() {
    return of(new KeyText());
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
    return of(keys);
  }

  /**
   * The keys in {@code files}: text as in {@link #of}, or a DER certificate, or a binary OpenPGP
   * key ring.
   *
   * @throws IOException if a file can not be read, or a key in it is damaged; the message names it
   */
  public static Keys read(Collection<Path> files) throws IOException {
    KeyText text = new KeyText();
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      try {
        if (KeyText.isBinary(bytes)) {
          text.add(bytes);
        } else {
          text.add(new String(bytes, StandardCharsets.ISO_8859_1));
        }
      } catch (IOException e) {
        throw new IOException(file + ": a key can not be read: " + e.getMessage(), e);
      }
    }
    return of(text);
  }

  private static Keys of(KeyText keys) {
    return new Keys(
        ZoneText.read(keys.zoneLines()),
        NOWHERE,
        new GivenCertificates(keys.certificates()),
        new PgpKeys(keys.pgpKeys()));
  }

  /** These keys, and {@code lookup} for DKIM keys that are not among them. */
  public Keys withLookup(TxtLookup lookup) {
    return new Keys(dkimRecords, lookup, certificates, pgp);
  }

  GivenCertificates certificates() {
    return certificates;
  }

  PgpKeys pgp() {
    return pgp;
  }

  DkimKeys dkim() {
    return dkim;
  }
}
