package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSCompressedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SmimeSignaturesTest {
  private static final TestSigner RSA = TestSigner.of("SHA256withRSA");

  private static List<Verdict> check(String entity) {
    return Messages.check(Keys.none(), SmimeMail.message(entity));
  }

  private static void assertVerified(Verdict verdict) {
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    assertEquals(SignatureKind.SMIME, verdict.kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHA1withRSA",
        "SHA256withRSA",
        "SHA512withRSA",
        "SHA256withRSAandMGF1",
        "SHA256withECDSA",
        "SHA384withECDSA",
        "SHA256withDSA",
        "Ed25519",
        "Ed448",
      })
  void everyAlgorithmShouldVerifyAndNoticeChanges(String algorithm) {
    TestSigner signer = TestSigner.of(algorithm);
    for (TestSigner variant : List.of(signer, signer.withoutAttributes())) {
      String detached = SmimeMail.detached(variant, SmimeMail.TEXT);
      Verdict verdict = check(detached).get(0);
      assertVerified(verdict);
      boolean weak = algorithm.startsWith("SHA1with");
      assertEquals(weak ? Strength.WEAK : Strength.FULL, verdict.strength());
      assertEquals(LineEnds.AS_KEPT, verdict.lineEnds());
      assertVerified(check(SmimeMail.opaque(variant, SmimeMail.TEXT)).get(0));
      Verdict changed = check(detached.replace("Line two", "Line 2wo")).get(0);
      assertEquals(Outcome.FAILED, changed.outcome());
      Verdict crlf = check(detached.replace("\r\n", "\n")).get(0);
      assertVerified(crlf);
      assertEquals(LineEnds.CRLF, crlf.lineEnds());
    }
  }

  @Test
  void changedContentShouldBeToldFromAnotherKey() {
    String detached = SmimeMail.detached(RSA, SmimeMail.TEXT);
    Verdict changed = check(detached.replace("Line two", "Line 2wo")).get(0);
    assertEquals(Answer.NO, Messages.answer(changed, Aspect.BODY_DIGEST));
    assertEquals(Answer.YES, Messages.answer(changed, Aspect.HEADER_DIGEST));
    assertEquals(Answer.YES, Messages.answer(changed, Aspect.SIGNATURE));
    assertEquals(TestSigner.SIGNED_AT, changed.signedAt().orElseThrow());
  }

  @Test
  void blanksAtLineEndsAndTheLastLineEndShouldCount() {
    String detached = SmimeMail.detached(RSA, SmimeMail.TEXT);
    assertEquals(Outcome.FAILED, check(detached.replace("two \t", "two ")).get(0).outcome());
    assertEquals(
        Outcome.FAILED, check(detached.replace("end\r\n--", "end\r\n\r\n--")).get(0).outcome());
    assertVerified(check(SmimeMail.detached(RSA, SmimeMail.TEXT + "\r\n\r\n")).get(0));
  }

  @Test
  void tripleWrappingShouldGiveAVerdictForEachLayer() {
    String wrapped =
        SmimeMail.detached(RSA, SmimeMail.opaque(RSA, SmimeMail.detached(RSA, SmimeMail.TEXT)));
    List<Verdict> verdicts = check(wrapped);
    assertEquals(List.of("", "1", "1*"), verdicts.stream().map(Verdict::place).toList());
    verdicts.forEach(SmimeSignaturesTest::assertVerified);
  }

  @Test
  void signatureInsideAForwardedMessageShouldBeFound() {
    String entity =
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nsee below\r\n--x\r\n"
            + "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n"
            + SmimeMail.detached(RSA, SmimeMail.TEXT)
            + "--x--\r\n";
    List<Verdict> verdicts = check(entity);
    assertEquals(List.of("2"), verdicts.stream().map(Verdict::place).toList());
    assertVerified(verdicts.get(0));
  }

  @Test
  void missingCertificateShouldBeSaidAndAGivenOneUsed() throws IOException {
    String detached = SmimeMail.detached(RSA.withoutCertificate(), SmimeMail.TEXT);
    Verdict without = check(detached).get(0);
    assertEquals(Outcome.NO_KEY, without.outcome());
    assertEquals(Answer.YES, Messages.answer(without, Aspect.BODY_DIGEST));
    Keys keys = Messages.keys(Pem.certificate(RSA.certificate));
    assertVerified(Messages.check(keys, SmimeMail.message(detached)).get(0));
    String changed = detached.replace("Line two", "Line 2wo");
    assertEquals(Outcome.FAILED, check(changed).get(0).outcome());
  }

  @Test
  void chainShouldLeadToAGivenRootOrCountAsAMissingKey() throws IOException {
    TestSigner root = TestSigner.authority();
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    TestSigner signer = TestSigner.issued("SHA256withECDSA", root, from, false);
    byte[] mail = SmimeMail.message(SmimeMail.detached(signer, SmimeMail.TEXT));
    Verdict none = Messages.check(Keys.none(), mail).get(0);
    assertVerified(none);
    assertEquals(Answer.CANNOT_TELL, Messages.answer(none, Aspect.CHAIN));
    Verdict given = Messages.check(Messages.keys(Pem.certificate(root.certificate)), mail).get(0);
    assertVerified(given);
    assertEquals(Answer.YES, Messages.answer(given, Aspect.CHAIN));
    String stranger = Pem.certificate(TestSigner.authority().certificate);
    Verdict other = Messages.check(Messages.keys(stranger), mail).get(0);
    assertEquals(Outcome.NO_KEY, other.outcome());
    assertEquals(Answer.NO, Messages.answer(other, Aspect.CHAIN));
    assertEquals(Answer.YES, Messages.answer(other, Aspect.SIGNATURE));
  }

  @Test
  void certificateOutOfItsTimeShouldBeSaid() throws IOException {
    TestSigner root = TestSigner.authority();
    Instant later = Instant.parse("2026-05-15T00:00:00Z");
    TestSigner signer = TestSigner.issued("SHA256withECDSA", root, later, false);
    byte[] mail = SmimeMail.message(SmimeMail.detached(signer, SmimeMail.TEXT));
    Verdict verdict = Messages.check(Keys.none(), mail).get(0);
    assertVerified(verdict);
    assertEquals(Answer.NO, Messages.answer(verdict, Aspect.VALIDITY));
    assertTrue(verdict.reason().contains("not valid at the signing time"));
    Keys keys = Messages.keys(Pem.certificate(root.certificate));
    assertEquals(Outcome.NO_KEY, Messages.check(keys, mail).get(0).outcome());
  }

  @Test
  void encryptedContentShouldBeSealedAndCompressedContentOpened() throws Exception {
    CMSProcessableByteArray content =
        new CMSProcessableByteArray(
            SmimeMail.detached(RSA, SmimeMail.TEXT).getBytes(StandardCharsets.ISO_8859_1));
    CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
    generator.addRecipientInfoGenerator(
        new JceKeyTransRecipientInfoGenerator(
                "id".getBytes(StandardCharsets.US_ASCII), RSA.pair.getPublic())
            .setProvider(TestSigner.PROVIDER));
    byte[] enveloped =
        generator
            .generate(
                content,
                new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC)
                    .setProvider(TestSigner.PROVIDER)
                    .build())
            .getEncoded();
    Verdict sealed = check(SmimeMail.opaque("enveloped-data", enveloped)).get(0);
    assertEquals(Outcome.SEALED, sealed.outcome());
    assertEquals("enveloped", sealed.algorithm());
    byte[] compressed = compress(content);
    List<Verdict> inside = check(SmimeMail.opaque("compressed-data", compressed));
    assertEquals(List.of("*"), inside.stream().map(Verdict::place).toList());
    assertVerified(inside.get(0));
  }

  private static byte[] compress(CMSProcessableByteArray content) throws CMSException, IOException {
    return new CMSCompressedDataGenerator().generate(content, new ZlibCompressor()).getEncoded();
  }

  @Test
  void compressedBombShouldBeStoppedAtALimit() throws Exception {
    byte[] bomb = compress(new CMSProcessableByteArray(new byte[100 << 20]));
    Verdict verdict = check(SmimeMail.opaque("compressed-data", bomb)).get(0);
    assertEquals(Outcome.UNCHECKED, verdict.outcome());
    assertTrue(verdict.reason().contains("beyond the limit"), verdict::reason);
  }

  @Test
  void certificatesAloneShouldBeNoSignature() throws Exception {
    assertEquals(List.of(), check(SmimeMail.opaque("certs-only", RSA.certificatesOnly())));
  }

  @Test
  void everyTruncationShouldGiveAVerdictAndNoFault() {
    byte[] cms = RSA.sign(SmimeMail.TEXT.getBytes(StandardCharsets.ISO_8859_1), true);
    for (int length = 0; length < cms.length; length += 7) {
      ByteArrayOutputStream cut = new ByteArrayOutputStream();
      cut.write(cms, 0, length);
      List<Verdict> verdicts = check(SmimeMail.opaque("signed-data", cut.toByteArray()));
      assertTrue(
          verdicts.stream().allMatch(v -> v.outcome() == Outcome.FAILED), "cut at " + length);
    }
  }

  @Test
  void everyFlippedByteShouldGiveAVerdictAndNoFault() {
    byte[] cms = RSA.sign(SmimeMail.TEXT.getBytes(StandardCharsets.ISO_8859_1), true);
    for (int at = 0; at < cms.length; at += 3) {
      byte[] flipped = cms.clone();
      flipped[at] ^= 0x15;
      for (Verdict verdict : check(SmimeMail.opaque("signed-data", flipped))) {
        assertTrue(!verdict.reason().isBlank());
      }
    }
  }
}
