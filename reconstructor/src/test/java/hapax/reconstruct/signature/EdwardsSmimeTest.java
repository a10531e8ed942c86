package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Locale;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EdDSA in CMS (RFC 8419), held against OpenSSL and Java, whose EdDSA are not Bouncy Castle's. */
final class EdwardsSmimeTest {
  /** Made by OpenSSL 3.5.9: {@code openssl cms -sign -binary -md sha512} (shake256 for Ed448). */
  private static byte[] madeByOpenssl(String scheme) throws IOException {
    String name = "openssl-" + scheme.toLowerCase(Locale.ROOT) + ".eml";
    try (InputStream in = EdwardsSmimeTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError(name + " is not there");
      }
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "Ed448"})
  void messageOfOpensslShouldVerifyAndNoticeChanges(String scheme) throws IOException {
    byte[] message = madeByOpenssl(scheme);
    Verdict verdict = Messages.check(Keys.none(), message).get(0);
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    assertEquals(scheme, verdict.algorithm());
    assertEquals(Strength.FULL, verdict.strength());
    assertEquals(Answer.YES, Messages.answer(verdict, Aspect.HEADER_DIGEST));
    String text = new String(message, StandardCharsets.ISO_8859_1);
    assertFailed(text.replace("Dear", "dear"));
    int end = text.lastIndexOf("\n\n--");
    for (int at : new int[] {end - 10, end - 60}) {
      char other = text.charAt(at) == 'A' ? 'B' : 'A';
      assertFailed(text.substring(0, at) + other + text.substring(at + 1));
    }
  }

  private static void assertFailed(String message) {
    Verdict verdict = Messages.check(Keys.none(), Messages.bytes(message)).get(0);
    assertEquals(Outcome.FAILED, verdict.outcome(), verdict::toString);
  }

  /** RFC 8419 section 2.3: without attributes the content is signed as it is, not its digest. */
  @ParameterizedTest
  @CsvSource({"Ed25519, 64", "Ed448, 114"})
  void signatureWithoutAttributesShouldBeOverTheContentForJavaToo(String scheme, int length)
      throws CMSException, GeneralSecurityException {
    TestSigner signer = TestSigner.of(scheme).withoutAttributes();
    byte[] content = SmimeMail.TEXT.getBytes(StandardCharsets.ISO_8859_1);
    byte[] cms = signer.sign(content, true);
    SignerInformation info = new CMSSignedData(cms).getSignerInfos().getSigners().iterator().next();
    assertEquals(length, info.getSignature().length);
    Signature judge = Signature.getInstance(scheme, "SunEC");
    judge.initVerify(
        KeyFactory.getInstance(scheme, "SunEC")
            .generatePublic(new X509EncodedKeySpec(signer.pair.getPublic().getEncoded())));
    judge.update(content);
    assertTrue(judge.verify(info.getSignature()));
    byte[] message = SmimeMail.message(SmimeMail.opaque("signed-data", cms));
    assertEquals(Outcome.VERIFIED, Messages.check(Keys.none(), message).get(0).outcome());
  }
}
