package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArcSignaturesTest {
  private static final String MESSAGE =
      """
      From: Ann <ann@example.org>
      To: bob@example.net
      Subject: first
      Date: Mon, 25 May 2026 10:00:00 +0000

      A body.
      """
          .replace("\n", "\r\n");

  private static final DkimSigner RELAY = relay();

  private static DkimSigner relay() {
    return new DkimSigner("rsa-sha256", "relaxed/relaxed");
  }

  private static List<Verdict> check(String message) {
    return Messages.check(DkimSigner.keys(), Messages.bytes(message));
  }

  private static Verdict newest(String message) {
    List<Verdict> verdicts = check(message);
    return verdicts.get(verdicts.size() - 1);
  }

  private static String chain(int sets) {
    String message = MESSAGE;
    for (int i = 1; i <= sets; i++) {
      message = RELAY.addArcSet(message, i, i == 1 ? "none" : "pass");
    }
    return message;
  }

  @Test
  void everySetOfAWholeChainShouldVerify() {
    List<Verdict> verdicts = check(chain(3));
    assertEquals(3, verdicts.size());
    for (Verdict verdict : verdicts) {
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
      assertEquals(SignatureKind.ARC, verdict.kind());
    }
    DkimSigner other = new DkimSigner("ed25519-sha256", "relaxed/relaxed").selector("ed");
    Verdict mixed = newest(other.addArcSet(chain(1), 2, "pass"));
    assertEquals(Outcome.VERIFIED, mixed.outcome(), mixed::toString);
    assertEquals(Outcome.VERIFIED, newest(chain(2).replace("\r\n", "\n")).outcome());
  }

  @Test
  void changeBetweenRelaysShouldBreakTheOlderSignatureAndNotTheChain() {
    String changed = chain(1).replace("A body.", "A body.\r\n-- \r\nlist footer");
    List<Verdict> verdicts = check(RELAY.addArcSet(changed, 2, "pass"));
    assertEquals(Answer.NO, Messages.answer(verdicts.get(0), Aspect.BODY_DIGEST));
    assertEquals(
        List.of(Outcome.VERIFIED, Outcome.VERIFIED),
        verdicts.stream().map(Verdict::outcome).toList());
  }

  @Test
  void changeAfterTheLastRelayShouldBreakTheNewestSet() {
    assertEquals(Outcome.FAILED, newest(chain(2).replace("A body", "A b0dy")).outcome());
    assertEquals(Outcome.FAILED, newest(chain(2).replace(": first", ": f1rst")).outcome());
  }

  @Test
  void wrongSealShouldBreakTheChainFromThereOn() {
    List<Verdict> verdicts =
        check(chain(3).replace("i=2; mx.example.org; spf=pass", "i=2; mx.example.org; spf=fail"));
    assertEquals(
        List.of(Outcome.VERIFIED, Outcome.FAILED, Outcome.FAILED),
        verdicts.stream().map(Verdict::outcome).toList());
    assertEquals(Answer.NO, Messages.answer(verdicts.get(2), Aspect.SEAL));
  }

  @Test
  void sealThatSaysTheChainWasBrokenShouldFail() {
    Verdict verdict = newest(RELAY.addArcSet(chain(1), 2, "fail"));
    assertEquals("the seal i=2 says cv=fail", verdict.reason());
    assertEquals(Answer.YES, Messages.answer(verdict, Aspect.SEAL));
  }

  /** RFC 8617 section 5.1.2 has such a seal over its own set; section 5.2 stops at the status. */
  @Test
  void newestSealThatSaysFailShouldBeTheReasonWhateverElseIsWrong() {
    String two = relay().sealsOwnSetAlone().addArcSet(chain(1), 2, "fail");
    for (String message :
        List.of(
            two,
            two.replace("A body", "A b0dy"),
            two.replace("i=1; mx.example.org; spf=pass", "i=1; mx.example.org; spf=fail"))) {
      Verdict verdict = newest(message);
      assertEquals(Outcome.FAILED, verdict.outcome());
      assertEquals("the seal i=2 says cv=fail", verdict.reason());
    }
  }

  /** As with DKIM: what expired after it arrived was right when it came. */
  @Test
  void newestSetShouldNotHaveExpiredBeforeItArrived() {
    String received = "Received: by mx.example.org; Mon, 25 May 2026 10:00:00 +0000\r\n";
    long arrived = Instant.parse("2026-05-25T10:00:00Z").getEpochSecond();
    DkimSigner late = relay().extra("x=" + (arrived - 1) + ";");
    Verdict expired = newest(received + late.addArcSet(MESSAGE, 1, "none"));
    assertEquals(Outcome.FAILED, expired.outcome(), expired::toString);
    assertEquals(Answer.NO, Messages.answer(expired, Aspect.VALIDITY));
    String older = RELAY.addArcSet(late.addArcSet(MESSAGE, 1, "none"), 2, "pass");
    for (Verdict verdict : check(received + older)) {
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    }
    DkimSigner inTime = relay().extra("x=" + (arrived + 1) + ";");
    Verdict since = newest(received + inTime.addArcSet(MESSAGE, 1, "none"));
    assertEquals(Outcome.VERIFIED, since.outcome(), since::toString);
    Verdict withoutArrival = newest(inTime.addArcSet(MESSAGE, 1, "none"));
    assertEquals(Outcome.FAILED, withoutArrival.outcome(), withoutArrival::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=e.org; s=s; b=AA==",
        "ARC-Authentication-Results: i=51; e.org",
        "ARC-Authentication-Results: i=0; e.org",
        "ARC-Message-Signature: i=x; a=rsa-sha256",
        "ARC-Seal: nonsense",
      })
  void setsThatAreNotWholeShouldGiveOneVerdictWithTheReason(String field) {
    List<Verdict> verdicts = check(field + "\r\n" + chain(1));
    assertEquals(1, verdicts.size());
    assertEquals(Outcome.FAILED, verdicts.get(0).outcome());
  }

  /** RFC 8617 section 4.2.1: blanks and comments around all of {@code i=1}, which is no tag. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "i=%d;",
        " i = %d ;",
        "i=%d (c);",
        "(c) i=%d;",
        "i=(c)%d;",
        "i(c)=%d;",
        "(a (b; \\) i=7;) c)\r\n\ti=%d(;);"
      })
  void instanceOfTheResultsShouldBearCommentsAndBlanks(String start) {
    Verdict verdict = newest(relay().resultsStart(start).addArcSet(MESSAGE, 1, "none"));
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%d;", "I=%d;", "i%d;", "=%d;", "i=;", "i=%d x;", "i=%d 0;", "i=(%d;", "(i=%d;", ""
      })
  void resultsWithoutAnInstanceShouldFail(String start) {
    Verdict verdict = newest(relay().resultsStart(start).addArcSet(MESSAGE, 1, "none"));
    assertEquals(Outcome.FAILED, verdict.outcome(), verdict::toString);
  }

  @Test
  void missingKeyShouldBeSaid() {
    Verdict verdict = Messages.check(Keys.none(), Messages.bytes(chain(1))).get(0);
    assertEquals(Outcome.NO_KEY, verdict.outcome());
    assertEquals(Answer.CANNOT_TELL, Messages.answer(verdict, Aspect.SEAL));
  }

  /** RFC 8617 section 5.2, step 6: every seal must be right, so none may be left out. */
  @Test
  void missingKeyOfAnOlderSealShouldLeaveTheChainOpen() {
    DkimSigner unknown = new DkimSigner("rsa-sha256", "relaxed/relaxed").selector("gone");
    String first = unknown.addArcSet(MESSAGE, 1, "none");
    List<Verdict> verdicts = check(RELAY.addArcSet(first, 2, "pass"));
    assertEquals(
        List.of(Outcome.NO_KEY, Outcome.NO_KEY), verdicts.stream().map(Verdict::outcome).toList());
    assertEquals(Answer.CANNOT_TELL, Messages.answer(verdicts.get(1), Aspect.CHAIN));
    Verdict broken = newest(RELAY.addArcSet(first, 2, "fail"));
    assertEquals(Outcome.FAILED, broken.outcome(), broken::toString);
  }
}
