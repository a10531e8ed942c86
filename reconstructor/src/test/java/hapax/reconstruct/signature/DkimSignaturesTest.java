package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DkimSignaturesTest {
  private static final String MESSAGE =
      """
      Received: from a by b;
      \tMon, 25 May 2026 10:00:00 +0000 (UTC)
      From:  Ann   <ann@example.org>
      To: bob@example.net
      Subject: a folded
        subject \t with   blanks\s
      Date: Mon, 25 May 2026 10:00:00 +0000

      First  line \t

        second\tline
      \s


      """
          .replace("\n", "\r\n");

  private static final DkimSigner SIGNER = new DkimSigner("rsa-sha256", "relaxed/relaxed");

  private static Verdict check(String message) {
    return Messages.check(DkimSigner.keys(), Messages.bytes(message)).get(0);
  }

  private static void assertVerified(Verdict verdict) {
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"})
  void everyCanonicalisationShouldVerifyWithEveryAlgorithm(String canon) {
    for (String algorithm : List.of("rsa-sha1", "rsa-sha256", "ed25519-sha256")) {
      String selector = algorithm.startsWith("ed") ? "ed" : "sel";
      String signed = new DkimSigner(algorithm, canon).selector(selector).sign(MESSAGE);
      Verdict verdict = check(signed);
      assertVerified(verdict);
      assertEquals(
          algorithm.equals("rsa-sha1") ? Strength.WEAK : Strength.FULL, verdict.strength());
      assertEquals(LineEnds.AS_KEPT, verdict.lineEnds());
      verdict = check(signed.replace("\r\n", "\n"));
      assertVerified(verdict);
      assertEquals(LineEnds.CRLF, verdict.lineEnds());
      assertEquals(Outcome.FAILED, check(signed.replace("second", "Second")).outcome());
      assertEquals(Outcome.FAILED, check(signed.replace("To: bob", "To: rob")).outcome());
    }
  }

  @Test
  void onlyRelaxedShouldBearChangedBlanks() {
    String changed = "First line\r\n\r\n second line\r\n";
    String old = MESSAGE.substring(MESSAGE.indexOf("First"));
    assertVerified(check(SIGNER.sign(MESSAGE).replace(old, changed)));
    String simple = new DkimSigner("rsa-sha256", "relaxed/simple").sign(MESSAGE);
    assertEquals(Outcome.FAILED, check(simple.replace(old, changed)).outcome());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\r\n", "\r\n\r\n", " \r\n", "x", "x ", "x\r", "x\r\n\r\n", "\ry\r\n"})
  void shortAndEmptyBodiesShouldVerify(String body) {
    String message = MESSAGE.substring(0, MESSAGE.indexOf("\r\n\r\n") + 4) + body;
    for (String canon : List.of("simple/simple", "relaxed/relaxed")) {
      assertVerified(check(new DkimSigner("rsa-sha256", canon).sign(message)));
    }
  }

  @Test
  void changedBodyShouldBeToldFromChangedHeader() {
    String signed = SIGNER.sign(MESSAGE);
    Verdict body = check(signed.replace("second", "Second"));
    assertEquals(Answer.NO, Messages.answer(body, Aspect.BODY_DIGEST));
    assertEquals(Answer.YES, Messages.answer(body, Aspect.HEADER_DIGEST));
    assertEquals(Answer.YES, Messages.answer(body, Aspect.SIGNATURE));
    assertEquals("the body was changed after signing", body.reason());
    Verdict header = check(signed.replace("To: bob", "To: rob"));
    assertEquals(Answer.YES, Messages.answer(header, Aspect.BODY_DIGEST));
    assertEquals(Answer.NO, Messages.answer(header, Aspect.HEADER_DIGEST));
    assertEquals("the signed fields were changed after signing", header.reason());
    String other = "sel._domainkey.example.org TXT " + DkimSigner.record(OtherKey.PAIR);
    Verdict key = Messages.check(Messages.keys(other), Messages.bytes(signed)).get(0);
    assertEquals(Answer.CANNOT_TELL, Messages.answer(key, Aspect.HEADER_DIGEST));
    assertEquals(Answer.NO, Messages.answer(key, Aspect.SIGNATURE));
  }

  private static final class OtherKey {
    static final java.security.KeyPair PAIR = make();

    private static java.security.KeyPair make() {
      try {
        return java.security.KeyPairGenerator.getInstance("RSA").generateKeyPair();
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void lengthShouldCoverWhatItSaysAndNoMore() {
    String signed = SIGNER.length(5).sign(MESSAGE);
    Verdict verdict = check(signed + "appended\r\n");
    assertVerified(verdict);
    assertTrue(verdict.finding(Aspect.BODY_DIGEST).orElseThrow().reason().contains("5 bytes"));
    assertEquals(Outcome.FAILED, check(signed.replace("First", "Fir5t")).outcome());
    String empty = MESSAGE.substring(0, MESSAGE.indexOf("First"));
    String tooFar = new DkimSigner("rsa-sha256", "relaxed/relaxed").length(0).sign(empty);
    assertVerified(check(tooFar));
    Verdict cut = check(signed.substring(0, signed.indexOf("First") + 1));
    assertEquals("l= covers 5 bytes, the body has 3", cut.reason());
  }

  @Test
  void repeatedNamesShouldBeTakenFromTheBottomUpAndMissingOnesPassedOver() {
    String twice = "To: first@example.net\r\n" + MESSAGE;
    assertVerified(
        check(new DkimSigner("rsa-sha256", "simple/simple").names("from:to:to").sign(twice)));
    String once = new DkimSigner("rsa-sha256", "simple/simple").names("from:to").sign(twice);
    assertVerified(check(once.replace("To: first", "To: other")));
    assertEquals(Outcome.FAILED, check(once.replace("To: bob", "To: rob")).outcome());
    String never = SIGNER.names("from:to:to:subject:x-none").sign(MESSAGE);
    assertVerified(check(never));
    assertEquals(Outcome.FAILED, check("To: more@example.net\r\n" + never).outcome());
    assertEquals(Outcome.FAILED, check("X-None: now\r\n" + never).outcome());
  }

  @Test
  void expiryShouldBeJudgedWhenTheMessageArrived() {
    String later =
        new DkimSigner("rsa-sha256", "simple/simple").extra("t=1000; x=9000000000;").sign(MESSAGE);
    assertVerified(check(later));
    long arrived = java.time.Instant.parse("2026-05-25T10:00:00Z").getEpochSecond();
    String since =
        new DkimSigner("rsa-sha256", "simple/simple")
            .extra("x=" + (arrived + 60) + ";")
            .sign(MESSAGE);
    assertVerified(check(since));
    String before =
        new DkimSigner("rsa-sha256", "simple/simple")
            .extra("x=" + (arrived - 60) + ";")
            .sign(MESSAGE);
    assertEquals(Answer.NO, Messages.answer(check(before), Aspect.VALIDITY));
    assertEquals(Outcome.FAILED, check(before).outcome());
    String circular =
        new DkimSigner("rsa-sha256", "simple/simple").extra("t=5; x=4;").sign(MESSAGE);
    assertTrue(check(circular).reason().contains("expires (x=) before"));
  }

  @Test
  void severalSignaturesShouldEachGetAVerdict() {
    String signed =
        new DkimSigner("ed25519-sha256", "simple/simple").selector("ed").sign(SIGNER.sign(MESSAGE));
    List<Verdict> verdicts =
        Messages.check(DkimSigner.keys(), Messages.bytes("DKIM-Signature: v=1\r\n" + signed));
    assertEquals(
        List.of(Outcome.FAILED, Outcome.VERIFIED, Outcome.VERIFIED),
        verdicts.stream().map(Verdict::outcome).toList());
  }

  @Test
  void conditionsOfTheKeyRecordShouldBeKept() {
    String signed = SIGNER.sign(MESSAGE);
    String sub =
        new DkimSigner("rsa-sha256", "simple/simple").extra("i=a@sub.example.org;").sign(MESSAGE);
    String p = DkimSigner.record(DkimSigner.RSA).replaceAll(".*p=", "p=");
    assertEquals(Outcome.VERIFIED, with("t=y:s; " + p, signed).outcome());
    assertEquals(
        Outcome.VERIFIED, with("s=other:email; h=sha1:sha256;" + p + ";", signed).outcome());
    assertEquals(Outcome.FAILED, with("h=sha1; " + p, signed).outcome());
    assertEquals(Outcome.FAILED, with("s=tlsrpt; " + p, signed).outcome());
    assertEquals(
        Outcome.FAILED,
        with("k=ed25519; " + DkimSigner.record(DkimSigner.ED25519).replaceAll(".*p=", "p="), signed)
            .outcome());
    assertEquals(Outcome.VERIFIED, with(p, sub).outcome());
    assertEquals(Outcome.FAILED, with("t=s; " + p, sub).outcome());
    Verdict revoked = with("v=DKIM1; p=", signed);
    assertEquals(Outcome.NO_KEY, revoked.outcome());
    assertTrue(revoked.reason().contains("revoked"));
    assertEquals(Outcome.NO_KEY, with("v=DKIM2; " + p, signed).outcome());
    assertEquals(Outcome.NO_KEY, with("p=AAAA", signed).outcome());
  }

  private static Verdict with(String record, String signed) {
    Keys keys = Messages.keys("sel._domainkey.example.org IN TXT \"" + record + "\"");
    return Messages.check(keys, Messages.bytes(signed)).get(0);
  }

  @Test
  void anyOfSeveralRecordsShouldDo() {
    Keys keys =
        Messages.keys(
            "sel._domainkey.example.org TXT p=\n"
                + "sel._domainkey.example.org TXT "
                + DkimSigner.record(OtherKey.PAIR)
                + "\n"
                + "sel._domainkey.example.org TXT "
                + DkimSigner.record(DkimSigner.RSA));
    assertVerified(Messages.check(keys, Messages.bytes(SIGNER.sign(MESSAGE))).get(0));
  }

  @Test
  void keyOfAVerdictShouldVerifyAgain() {
    byte[] signed = Messages.bytes(SIGNER.sign(MESSAGE));
    String kept = Messages.check(DkimSigner.keys(), signed).get(0).key().orElseThrow();
    assertVerified(Messages.check(Messages.keys(kept), signed).get(0));
  }

  @Test
  void lookUpThatFailsShouldBeToldFromAKeyThatIsMissing() {
    byte[] signed = Messages.bytes(SIGNER.sign(MESSAGE));
    Keys keys =
        Keys.none()
            .withLookup(
                name -> {
                  throw new IOException("no server answers for " + name);
                });
    Verdict verdict = Messages.check(keys, signed).get(0);
    assertEquals(Outcome.NO_KEY, verdict.outcome());
    assertEquals(Answer.CANNOT_TELL, Messages.answer(verdict, Aspect.KEY));
    Keys found = Keys.none().withLookup(name -> List.of(DkimSigner.record(DkimSigner.RSA)));
    assertVerified(Messages.check(found, signed).get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "v",
        "v=1; v=1",
        "=",
        "v=1;;a=b",
        "9=1",
        "v=2; a=rsa-sha256",
        "v=1; a=rsa-sha256; c=simple/odd; d=e.org; s=s; h=from; bh=AA==; b=AA==",
        "v=1; a=rsa-sha256; d=e.org; s=s; h=to; bh=AA==; b=AA==",
        "v=1; a=rsa-sha256; d=e.org; s=s; h=from; bh=A; b=AA==",
        "v=1; a=rsa-sha256; d=e.org; s=s; h=from; bh=AA==; b=",
        "v=1; a=rsa-sha256; d=e.org; s=s; h=from; bh=AA==; b=AA==; l=-1",
        "v=1; a=rsa-sha256; d=e.org; s=s; h=from; bh=AA==; b=AA==; x=never",
        "v=1; a=rsa-sha256; d=; s=s; h=from; bh=AA==; b=AA==",
        "v=1; a=rsa-sha256; d=e.org; s=s; i=e.org; h=from; bh=AA==; b=AA==",
        "v=1; a=rsa-sha256; d=e.org; s=s; i=@not-e.org; h=from; bh=AA==; b=AA==",
      })
  void malformedSignatureShouldFailWithAReason(String tags) {
    Verdict verdict = check("DKIM-Signature: " + tags + "\r\n" + MESSAGE);
    assertEquals(Outcome.FAILED, verdict.outcome());
    assertFalse(verdict.reason().isBlank());
  }

  @Test
  void signatureInTheMiddleOfItsFieldShouldBeLeftOutExactly() {
    String signed = SIGNER.sign(MESSAGE);
    String b =
        signed.substring(
            signed.indexOf("b=", signed.indexOf("bh=") + 3), signed.indexOf("Received"));
    assertTrue(b.startsWith("b="));
    assertVerified(
        check(
            signed.replace(
                b, b.replaceFirst("b=", "b= \r\n\t").replaceFirst("\r\n$", " \r\n \r\n"))));
  }
}
