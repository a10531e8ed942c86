package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a signed message, it gets verdicts, and soon. */
final class DamagedSignaturesTest {
  /** Generous, for slow machines; each takes a millisecond or so. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  private static final String TOP = "From: ann@example.org\r\nTo: bob@example.org\r\n";

  private static String dkimAndArc(String entity) {
    DkimSigner signer = new DkimSigner("rsa-sha256", "relaxed/relaxed");
    return signer.addArcSet(signer.sign(TOP + entity), 1, "none");
  }

  private static byte[] smime() {
    TestSigner signer = TestSigner.of("SHA256withECDSA");
    return Messages.bytes(
        dkimAndArc(SmimeMail.detached(signer, SmimeMail.opaque(signer, SmimeMail.TEXT))));
  }

  /** OpenPGP in a message in a message, detached and in texts. */
  private static byte[] pgp() {
    String signature =
        PgpRfcTest.CLEAR.substring(PgpRfcTest.CLEAR.indexOf("-----BEGIN PGP SIGNATURE"));
    String entity =
        """
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: message/rfc822

        Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b

        --b

        text
        --b
        Content-Type: application/pgp-signature

        %s
        --b--
        --m

        %s
        %s
        --m--
        """
            .formatted(signature, PgpRfcTest.CLEAR, PgpRfcTest.INLINE);
    return Messages.bytes(dkimAndArc(entity.replace("\n", "\r\n")).replace("\r\n", "\n"));
  }

  private static Keys keys() {
    return Messages.keys(
        "sel._domainkey.example.org TXT "
            + DkimSigner.record(DkimSigner.RSA)
            + "\n"
            + PgpRfcTest.CERTIFICATE);
  }

  @Test
  void randomDamageToEveryKindOfSignatureShouldNeverThrow() {
    Keys keys = keys();
    Damage damage = new Damage(new Random(8551));
    List<byte[]> messages = List.of(smime(), pgp());
    assertEquals(4, Messages.check(keys, messages.get(0)).size());
    assertEquals(5, Messages.check(keys, messages.get(1)).size());
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = damage.to(messages.get(i % 2));
      List<Verdict> verdicts =
          assertTimeout(
              BOUND,
              () -> Messages.check(keys, damaged),
              () -> new String(damaged, StandardCharsets.ISO_8859_1));
      for (Verdict verdict : verdicts) {
        assertFalse(verdict.reason().isBlank());
      }
    }
  }
}
