package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the conditions in a key record mean for the two signatures of an ARC set. */
final class ArcKeysTest {
  private static final String MESSAGE =
      """
      From: Ann <ann@example.org>
      To: bob@example.net
      Subject: first
      Date: Mon, 25 May 2026 10:00:00 +0000

      A body.
      """
          .replace("\n", "\r\n");

  /** The usual keys, and those with a condition under another name. */
  private static List<Verdict> check(String message, String condition) {
    String record = DkimSigner.record(DkimSigner.RSA);
    boolean ed = condition.equals("k=ed25519;");
    String conditional = ed ? DkimSigner.record(DkimSigner.ED25519) : record;
    Keys keys =
        Messages.keys(
            "sel._domainkey.example.org TXT "
                + record
                + "\ncond._domainkey.example.org TXT "
                + conditional.replace("k=rsa;", condition));
    return Messages.check(keys, Messages.bytes(message));
  }

  private static DkimSigner relay() {
    return new DkimSigner("rsa-sha256", "relaxed/relaxed");
  }

  /** Two sets, made by these. */
  private static String sets(DkimSigner first, DkimSigner second) {
    return second.addArcSet(first.addArcSet(MESSAGE, 1, "none"), 2, "pass");
  }

  private static List<Outcome> outcomes(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::outcome).toList();
  }

  /** RFC 8617 section 4.1.2: the instance stands where DKIM has an identity; ARC has none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "k=rsa; t=s;",
        "k=rsa; t=y:s;",
        "k=rsa; h=sha1:sha256;",
        "k=rsa; s=email;",
        "k=rsa; s=*;"
      })
  void keyThatIsMeantForThisShouldVerifyEverySet(String condition) {
    List<Verdict> verdicts =
        check(sets(relay().selector("cond"), relay().selector("cond")), condition);
    assertEquals(
        List.of(Outcome.VERIFIED, Outcome.VERIFIED), outcomes(verdicts), verdicts::toString);
    assertEquals(Answer.YES, Messages.answer(verdicts.get(0), Aspect.KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k=rsa; h=sha1;", "k=rsa; s=tlsrpt;", "k=ed25519;"})
  void sealByKeyThatIsNotMeantForItShouldBreakTheChain(String condition) {
    List<Verdict> newest = check(sets(relay(), relay().sealSelector("cond")), condition);
    assertEquals(List.of(Outcome.VERIFIED, Outcome.FAILED), outcomes(newest), newest::toString);
    assertEquals(Answer.NO, Messages.answer(newest.get(1), Aspect.SEAL));
    assertEquals(Answer.YES, Messages.answer(newest.get(1), Aspect.SIGNATURE));
    List<Verdict> older = check(sets(relay().sealSelector("cond"), relay()), condition);
    assertEquals(List.of(Outcome.FAILED, Outcome.FAILED), outcomes(older), older::toString);
    assertEquals("the seal i=1 is not right", older.get(1).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"k=rsa; h=sha1;", "k=rsa; s=tlsrpt;"})
  void messageSignatureByKeyThatIsNotMeantForItShouldMatterInTheNewestSetAlone(String condition) {
    DkimSigner signedSo = relay().selector("cond").sealSelector("sel");
    List<Verdict> newest = check(sets(relay(), signedSo), condition);
    assertEquals(List.of(Outcome.VERIFIED, Outcome.FAILED), outcomes(newest), newest::toString);
    List<Verdict> older = check(sets(signedSo, relay()), condition);
    assertEquals(List.of(Outcome.VERIFIED, Outcome.VERIFIED), outcomes(older), older::toString);
    assertEquals(Answer.NO, Messages.answer(older.get(0), Aspect.KEY));
  }

  @Test
  void missingKeyOfTheMessageSignatureShouldMatterInTheNewestSetAlone() {
    DkimSigner unknown = relay().selector("gone").sealSelector("sel");
    List<Verdict> older = check(sets(unknown, relay()), "k=rsa;");
    assertEquals(List.of(Outcome.VERIFIED, Outcome.VERIFIED), outcomes(older), older::toString);
    List<Verdict> newest = check(sets(relay(), unknown), "k=rsa;");
    assertEquals(List.of(Outcome.VERIFIED, Outcome.NO_KEY), outcomes(newest), newest::toString);
  }
}
