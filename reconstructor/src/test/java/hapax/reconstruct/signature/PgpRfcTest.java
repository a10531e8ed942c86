package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The version 6 examples of RFC 9580, appendix A. */
final class PgpRfcTest {
  private static final String CERTIFICATE =
      """
      -----BEGIN PGP PUBLIC KEY BLOCK-----

      xioGY4d/4xsAAAAg+U2nu0jWCmHlZ3BqZYfQMxmZu52JGggkLq2EVD34laPCsQYf
      GwoAAABCBYJjh3/jAwsJBwUVCg4IDAIWAAKbAwIeCSIhBssYbE8GCaaX5NUt+mxy
      KwwfHifBilZwj2Ul7Ce62azJBScJAgcCAAAAAK0oIBA+LX0ifsDm185Ecds2v8lw
      gyU2kCcUmKfvBXbAf6rhRYWzuQOwEn7E/aLwIwRaLsdry0+VcallHhSu4RN6HWaE
      QsiPlR4zxP/TP7mhfVEe7XWPxtnMUMtf15OyA51YBM4qBmOHf+MZAAAAIIaTJINn
      +eUBXbki+PSAld2nhJh/LVmFsS+60WyvXkQ1wpsGGBsKAAAALAWCY4d/4wKbDCIh
      BssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce62azJAAAAAAQBIKbpGG2dWTX8
      j+VjFM21J0hqWlEg+bdiojWnKfA5AQpWUWtnNwDEM0g12vYxoWM8Y81W+bHBw805
      I8kWVkXU6vFOi+HWvv/ira7ofJu16NnoUkhclkUrk0mXubZvyl4GBg==
      -----END PGP PUBLIC KEY BLOCK-----
      """;

  private static final String CLEAR =
      """
      -----BEGIN PGP SIGNED MESSAGE-----

      What we need from the grocery store:

      - - tofu
      - - vegetables
      - - noodles

      -----BEGIN PGP SIGNATURE-----

      wpgGARsKAAAAKQWCY5ijYyIhBssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce6
      2azJAAAAAGk2IHZJX1AhiJD39eLuPBgiUU9wUA9VHYblySHkBONKU/usJ9BvuAqo
      /FvLFuGWMbKAdA+epq7V4HOtAPlBWmU8QOd6aud+aSunHQaaEJ+iTFjP2OMW0KBr
      NK2ay45cX1IVAQ==
      -----END PGP SIGNATURE-----
      """;

  private static final String INLINE =
      """
      -----BEGIN PGP MESSAGE-----

      xEYGAQobIHZJX1AhiJD39eLuPBgiUU9wUA9VHYblySHkBONKU/usyxhsTwYJppfk
      1S36bHIrDB8eJ8GKVnCPZSXsJ7rZrMkBy0p1AAAAAABXaGF0IHdlIG5lZWQgZnJv
      bSB0aGUgZ3JvY2VyeSBzdG9yZToKCi0gdG9mdQotIHZlZ2V0YWJsZXMKLSBub29k
      bGVzCsKYBgEbCgAAACkFgmOYo2MiIQbLGGxPBgmml+TVLfpscisMHx4nwYpWcI9l
      JewnutmsyQAAAABpNiB2SV9QIYiQ9/Xi7jwYIlFPcFAPVR2G5ckh5ATjSlP7rCfQ
      b7gKqPxbyxbhljGygHQPnqau1eBzrQD5QVplPEDnemrnfmkrpx0GmhCfokxYz9jj
      FtCgazStmsuOXF9SFQE=
      -----END PGP MESSAGE-----
      """;

  private static Verdict check(String text, String lineEnd) {
    String message = "Subject: shopping\n\nHello,\n" + text + "bye\n";
    return Messages.check(
            Messages.keys(CERTIFICATE),
            message.replace("\n", lineEnd).getBytes(StandardCharsets.US_ASCII))
        .get(0);
  }

  @Test
  void textsSignedInTheClearAndInlineShouldVerifyWithAnyLineEnds() {
    for (String text : new String[] {CLEAR, INLINE}) {
      for (String lineEnd : new String[] {"\n", "\r\n"}) {
        Verdict verdict = check(text, lineEnd);
        assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
        assertEquals(SignatureKind.PGP_INLINE, verdict.kind());
        assertEquals("Ed25519 with SHA-512", verdict.algorithm());
        assertEquals(Instant.parse("2022-12-13T16:08:03Z"), verdict.signedAt().orElseThrow());
        assertEquals(
            "CB186C4F0609A697E4D52DFA6C722B0C1F1E27C18A56708F6525EC27BAD9ACC9", verdict.signer());
      }
    }
  }

  @Test
  void changedTextShouldFail() {
    Verdict verdict = check(CLEAR.replace("tofu", "tofo"), "\n");
    assertEquals(Outcome.FAILED, verdict.outcome());
    assertEquals(Answer.NO, Messages.answer(verdict, Aspect.BODY_DIGEST));
    assertEquals("the content was changed after signing", verdict.reason());
    assertEquals(Outcome.VERIFIED, check(CLEAR.replace("tofu", "tofu \t"), "\r\n").outcome());
  }
}
