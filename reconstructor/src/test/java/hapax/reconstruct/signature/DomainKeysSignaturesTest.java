package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DomainKeysSignaturesTest {
  private static final String HEADER =
      "From: \"Ann\" <ann@mail.example.org>\r\nTo: bob@example.net\r\nSubject: a\r\n\tb\r\n";

  private static String sign(String canon, String tags, String covered, String message)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance("SHA1withRSA");
    signer.initSign(DkimSigner.RSA.getPrivate());
    String canonical = covered;
    if (canon.equals("nofws")) {
      canonical = canonical.replaceAll("\r\n(?=[ \t])", "").replaceAll("[ \t]", "");
    }
    canonical = canonical.replaceFirst("(\r\n)*\\z", "\r\n");
    signer.update(canonical.getBytes(StandardCharsets.ISO_8859_1));
    return "DomainKey-Signature: a=rsa-sha1; q=dns; c="
        + canon
        + "; d=example.org; s=sel;"
        + tags
        + "\r\n b="
        + Base64.getEncoder().encodeToString(signer.sign())
        + "\r\n"
        + message;
  }

  private static Verdict check(String message) {
    return Messages.check(DkimSigner.keys(), Messages.bytes(message)).get(0);
  }

  @ParameterizedTest
  @CsvSource({"simple,one  two", "nofws,one  two", "simple,''", "nofws,''"})
  void bothCanonicalisationsShouldVerifyAsHistoric(String canon, String body) throws Exception {
    String message = HEADER + "\r\n" + body + (body.isEmpty() ? "" : "\r\n\r\n\r\n");
    String signed = sign(canon, "", message, message);
    Verdict verdict = check(signed);
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    assertEquals(SignatureKind.DOMAIN_KEYS, verdict.kind());
    assertEquals(Strength.HISTORIC, verdict.strength());
    assertEquals(Outcome.VERIFIED, check(signed.replace("\r\n", "\n")).outcome());
    assertEquals(Outcome.VERIFIED, check("Above: it\r\n" + signed).outcome());
    assertEquals(Outcome.FAILED, check(signed.replace("Subject: a", "Subject: A")).outcome());
    assertEquals(Outcome.FAILED, check(signed + "more\r\n").outcome());
    boolean blanksCount =
        check(signed.replace("Subject: a", "Subject:  a")).outcome() == Outcome.FAILED;
    assertEquals(canon.equals("simple"), blanksCount);
  }

  @Test
  void listedFieldsShouldBeCoveredInTheOrderOfTheList() throws Exception {
    String covered = "To: bob@example.net\r\nFrom: \"Ann\" <ann@mail.example.org>\r\n\r\nbody\r\n";
    String signed = sign("simple", " h=to:from;", covered, HEADER + "\r\nbody\r\n");
    assertEquals(Outcome.VERIFIED, check(signed).outcome());
    assertEquals(Outcome.VERIFIED, check(signed.replace("Subject: a", "Subject: x")).outcome());
  }

  @Test
  void senderOfAnotherDomainShouldFail() throws Exception {
    String message = HEADER.replace("mail.example.org", "elsewhere.org") + "\r\nbody\r\n";
    Verdict verdict = check(sign("simple", "", message, message));
    assertEquals(Outcome.FAILED, verdict.outcome());
    assertTrue(verdict.reason().contains("elsewhere.org"));
  }
}
