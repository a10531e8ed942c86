package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 4134. Bare CMS objects are tested as the body of a message. */
final class SmimeRfcTest {
  private static final String CONTENT = "This is some sample content.";
  private static final byte[] SAMPLE = CONTENT.getBytes(StandardCharsets.US_ASCII);
  private static final Rfc4134 EXAMPLES = Rfc4134.read();
  private static final Keys CARL = EXAMPLES.certificates("CarlDSSSelf", "CarlRSASelf");
  private static final Keys BOB = EXAMPLES.certificates("BobRSASignByCarl");

  private static List<Verdict> check(String name, Keys keys) {
    return check(name, EXAMPLES.bytes(name), keys);
  }

  private static List<Verdict> check(String name, byte[] example, Keys keys) {
    return Messages.check(keys, name.endsWith(".eml") ? example : message(name, example));
  }

  private static byte[] message(String name, byte[] cms) {
    return SmimeMail.message(
        name.equals("4.3.bin")
            ? SmimeMail.detached(CONTENT, cms)
            : SmimeMail.opaque("signed-data", cms));
  }

  @ParameterizedTest
  @CsvSource({
    "4.1.bin, DSA, CN=AliceDSS",
    "4.2.bin, RSA, CN=AliceRSA",
    "4.3.bin, DSA, CN=AliceDSS",
    "4.4.bin, DSA, CN=AliceDSS",
    "4.5.bin, RSA, CN=AliceRSA",
    "4.7.bin, DSA, CN=AliceDSS",
    "4.8.eml, DSA, CN=AliceDSS",
    "4.9.eml, DSA, CN=AliceDSS",
    "4.10.bin, DSA, CN=AliceDSS",
  })
  void signedExampleShouldVerifyWithItsChain(String name, String scheme, String signer) {
    List<Verdict> verdicts = check(name, CARL);
    assertEquals(1, verdicts.size());
    Verdict verdict = verdicts.get(0);
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    assertEquals(scheme + " with SHA-1", verdict.algorithm());
    assertEquals(signer, verdict.signer());
    assertEquals(Strength.WEAK, verdict.strength());
    assertEquals(Answer.YES, Messages.answer(verdict, Aspect.BODY_DIGEST));
    assertEquals(Answer.YES, Messages.answer(verdict, Aspect.CHAIN));
    assertEquals(Answer.YES, Messages.answer(verdict, Aspect.VALIDITY));
    assertEquals(name.equals("4.8.eml") ? LineEnds.CRLF : LineEnds.AS_KEPT, verdict.lineEnds());
  }

  /** The other authority's root vouches for nobody here; a stranger's certificate for nothing. */
  @Test
  void exampleShouldNotPassWithTheOtherRoot() {
    Keys other = EXAMPLES.certificates("CarlRSASelf");
    assertEquals(Outcome.NO_KEY, check("4.1.bin", other).get(0).outcome());
    assertEquals(Outcome.VERIFIED, check("4.2.bin", other).get(0).outcome());
    assertEquals(Outcome.VERIFIED, check("4.1.bin", BOB).get(0).outcome());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4.1.bin", "4.2.bin", "4.4.bin", "4.5.bin", "4.6.bin", "4.7.bin", "4.10.bin"})
  void changedContentShouldFail(String name) {
    byte[] changed = EXAMPLES.bytes(name).clone();
    changed[indexOf(changed, "sample".getBytes(StandardCharsets.US_ASCII))] ^= 1;
    for (Verdict verdict : check(name, changed, CARL)) {
      assertEquals(Outcome.FAILED, verdict.outcome(), verdict::toString);
      assertNotEquals(Answer.YES, Messages.answer(verdict, Aspect.BODY_DIGEST));
    }
  }

  @Test
  void changedDetachedContentShouldFail() {
    byte[] message = message("4.3.bin", EXAMPLES.bytes("4.3.bin"));
    message[indexOf(message, SAMPLE)] ^= 1;
    assertEquals(Outcome.FAILED, Messages.check(CARL, message).get(0).outcome());
    byte[] mail = EXAMPLES.bytes("4.8.eml").clone();
    mail[indexOf(mail, SAMPLE)] ^= 1;
    assertEquals(Outcome.FAILED, Messages.check(CARL, mail).get(0).outcome());
  }

  /** The signature stands at the end of all of these but 4.4, 4.5 and 4.10. */
  @ParameterizedTest
  @ValueSource(strings = {"4.1.bin", "4.2.bin", "4.3.bin", "4.7.bin"})
  void changedSignatureShouldFail(String name) {
    byte[] changed = EXAMPLES.bytes(name).clone();
    changed[changed.length - 1] ^= 1;
    Verdict verdict = check(name, changed, CARL).get(0);
    assertEquals(Outcome.FAILED, verdict.outcome(), verdict::toString);
    assertEquals(Answer.NO, Messages.answer(verdict, Aspect.SIGNATURE));
  }

  /** Diane's certificate has no DSA parameters of its own: those of Carl's apply. */
  @Test
  void secondSignerShouldInheritTheParametersOfTheIssuersKey() {
    List<Verdict> verdicts = check("4.6.bin", CARL);
    assertEquals(
        List.of("CN=AliceDSS", "CN=DianeDSS"), verdicts.stream().map(Verdict::signer).toList());
    for (Verdict verdict : verdicts) {
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
      assertEquals(Answer.YES, Messages.answer(verdict, Aspect.CHAIN));
      String kept = verdict.key().orElseThrow();
      assertTrue(
          check("4.6.bin", Messages.keys(kept)).stream()
              .anyMatch(
                  v -> v.signer().equals(verdict.signer()) && v.outcome() == Outcome.VERIFIED));
    }
  }

  @Test
  void parametersShouldBeTakenFromAGivenCertificateOnly() {
    List<Verdict> verdicts = check("4.6.bin", Keys.none());
    assertEquals(
        List.of(Outcome.VERIFIED, Outcome.NO_KEY),
        verdicts.stream().map(Verdict::outcome).toList());
    assertEquals(
        "the certificate leaves its DSA parameters to CN=CarlDSS, whose certificate was not given",
        verdicts.get(1).reason());
    assertEquals(Answer.NO, Messages.answer(verdicts.get(1), Aspect.KEY));
  }

  /** Diane's countersignature, among the attributes that nobody signed, decides nothing. */
  @Test
  void signedAttributesShouldBeReadWithTheSigningTime() {
    Verdict verdict = check("4.4.bin", CARL).get(0);
    assertEquals("2003-05-14T15:39:00Z", verdict.signedAt().orElseThrow().toString());
    assertEquals(Answer.YES, Messages.answer(verdict, Aspect.HEADER_DIGEST));
  }

  @ParameterizedTest
  @CsvSource({
    "5.1.bin, enveloped",
    "5.2.bin, enveloped",
    "5.3.eml, enveloped",
    "7.1.bin, encrypted",
    "7.2.bin, encrypted",
  })
  void encryptedExampleShouldBeSealed(String name, String how) {
    List<Verdict> verdicts = check(name, BOB);
    assertEquals(1, verdicts.size());
    assertEquals(Outcome.SEALED, verdicts.get(0).outcome(), verdicts::toString);
    assertEquals(how, verdicts.get(0).algorithm());
  }

  @Test
  void certificatesAloneShouldGiveNoVerdictAndOtherKindsShouldBeNamed() {
    assertEquals(List.of(), check("4.11.bin", CARL));
    for (String name : List.of("3.1.bin", "3.2.bin", "6.0.bin")) {
      Verdict verdict = check(name, CARL).get(0);
      assertEquals(Outcome.FAILED, verdict.outcome());
      assertTrue(verdict.reason().endsWith("which is no signature"), verdict::reason);
    }
  }

  /** Whatever single byte is damaged, nothing throws, and no verdict comes without a reason. */
  @Test
  void everyDamagedByteShouldGiveAVerdictAndNoFault() {
    for (String name : List.of("4.4.bin", "4.5.bin", "4.6.bin", "4.10.bin")) {
      byte[] example = EXAMPLES.bytes(name);
      for (int at = 0; at < example.length; at += 17) {
        byte[] damaged = example.clone();
        damaged[at] ^= 0x41;
        check(name, damaged, CARL).forEach(v -> assertFalse(v.reason().isBlank()));
      }
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("the example does not hold " + Arrays.toString(wanted));
  }
}
