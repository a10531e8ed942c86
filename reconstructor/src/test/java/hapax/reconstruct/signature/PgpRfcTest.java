package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of RFC 9580, appendix A. */
final class PgpRfcTest {
  static final String CERTIFICATE =
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

  static final String CLEAR =
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

  static final String INLINE =
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

  /** Appendix A.1: a key of version 4, with the curve's old name. */
  private static final String ED25519_LEGACY_KEY =
      """
      xjMEU/NfCxYJKwYBBAHaRw8BAQdAPwmJlL3ZFu1AUxl5NOSofIBzOhKA1i+AEJku
      Q+47JAY=
      """;

  /** Appendix A.2: over the seven octets "OpenPGP". */
  private static final String ED25519_LEGACY_SIGNATURE =
      """
      iF4EABYIAAYFAlX5X5UACgkQjP3hIZeWWpr2IgD/VvkMypjiECY3vZg/2xbBMd/S
      ftgr9N3lYG4NdWrtM2YBANCcT6EVJ/A44PV/IgHYLy6iyQMyZfps60iehUuuYbQE
      """;

  /** Appendices A.4 and A.5: the key of A.3 with its secret half, in the open and locked. */
  private static final List<String> SECRET_KEYS =
      List.of(
          """
          xUsGY4d/4xsAAAAg+U2nu0jWCmHlZ3BqZYfQMxmZu52JGggkLq2EVD34laMAGXKB
          exK+cH6NX1hs5hNhIB00TrJmosgv3mg1ditlsLfCsQYfGwoAAABCBYJjh3/jAwsJ
          BwUVCg4IDAIWAAKbAwIeCSIhBssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce6
          2azJBScJAgcCAAAAAK0oIBA+LX0ifsDm185Ecds2v8lwgyU2kCcUmKfvBXbAf6rh
          RYWzuQOwEn7E/aLwIwRaLsdry0+VcallHhSu4RN6HWaEQsiPlR4zxP/TP7mhfVEe
          7XWPxtnMUMtf15OyA51YBMdLBmOHf+MZAAAAIIaTJINn+eUBXbki+PSAld2nhJh/
          LVmFsS+60WyvXkQ1AE1gCk95TUR3XFeibg/u/tVY6a//1q0NWC1X+yui3O24wpsG
          GBsKAAAALAWCY4d/4wKbDCIhBssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce6
          2azJAAAAAAQBIKbpGG2dWTX8j+VjFM21J0hqWlEg+bdiojWnKfA5AQpWUWtnNwDE
          M0g12vYxoWM8Y81W+bHBw805I8kWVkXU6vFOi+HWvv/ira7ofJu16NnoUkhclkUr
          k0mXubZvyl4GBg==
          """,
          """
          xYIGY4d/4xsAAAAg+U2nu0jWCmHlZ3BqZYfQMxmZu52JGggkLq2EVD34laP9JgkC
          FARdb9ccngltHraRe25uHuyuAQQVtKipJ0+r5jL4dacGWSAheCWPpITYiyfyIOPS
          3gIDyg8f7strd1OB4+LZsUhcIjOMpVHgmiY/IutJkulneoBYwrEGHxsKAAAAQgWC
          Y4d/4wMLCQcFFQoOCAwCFgACmwMCHgkiIQbLGGxPBgmml+TVLfpscisMHx4nwYpW
          cI9lJewnutmsyQUnCQIHAgAAAACtKCAQPi19In7A5tfORHHbNr/JcIMlNpAnFJin
          7wV2wH+q4UWFs7kDsBJ+xP2i8CMEWi7Ha8tPlXGpZR4UruETeh1mhELIj5UeM8T/
          0z+5oX1RHu11j8bZzFDLX9eTsgOdWATHggZjh3/jGQAAACCGkySDZ/nlAV25Ivj0
          gJXdp4SYfy1ZhbEvutFsr15ENf0mCQIUBA5hhGgp2oaavg6mFUXcFMwBBBUuE8qf
          9Ock+xwusd+GAglBr5LVyr/lup3xxQvHXFSjjA2haXfoN6xUGRdDEHI6+uevKjVR
          v5oAxgu7eJpaXNjCmwYYGwoAAAAsBYJjh3/jApsMIiEGyxhsTwYJppfk1S36bHIr
          DB8eJ8GKVnCPZSXsJ7rZrMkAAAAABAEgpukYbZ1ZNfyP5WMUzbUnSGpaUSD5t2Ki
          Nacp8DkBClZRa2c3AMQzSDXa9jGhYzxjzVb5scHDzTkjyRZWRdTq8U6L4da+/+Kt
          ruh8m7Xo2ehSSFyWRSuTSZe5tm/KXgYG
          """);

  /** Appendices A.8 to A.12: by AEAD in each mode, by public key, by password with Argon2. */
  private static final List<String> ENCRYPTED =
      List.of(
          """
          wV0GIQYSyD8ecG9jCP4VGkF3Q6HwM3kOk+mXhIjR2zeNqZMIhRmHzxjV8bU/gXzO
          WgBM85PMiVi93AZfJfhK9QmxfdNnZBjeo1VDeVZheQHgaVf7yopqR6W1FT6NOrfS
          aQIHAgZhZBZTW+CwcW1g4FKlbExAf56zaw76/prQoN+bAzxpohup69LA7JW/Vp0l
          yZnuSj3hcFj0DfqLTGgr4/u717J+sPWbtQBfgMfG9AOIwwrUBqsFE9zW+f1zdlYo
          bhF30A+IitsxxA==
          """,
          """
          w0AGHgcBCwMIpa5XnR/F2Cv/aSJPkZmTs1Bvo7WaanPP+MXvxfQcV/tU4cImgV14
          KPX5LEVOtl6+AKtZhsaObnxV0mkCBwEGn/kOOzIZZPOkKRPI3MZhkyUBUifvt+rq
          pJ8EwuZ0F11KPSJu1q/LnKmsEiwUcOEcY9TAqyQcapOK1Iv5mlqZuQu6gyXeYQR1
          QCWKt5Wala0FHdqW6xVDHf719eIlXKeCYVRuM5o=
          """,
          """
          wz8GHQcCCwMIVqKY0vXjZFP/z8xcEWZO2520JZDX3EawckG2EsOBLP/76gDyNHsl
          ZBEj+IeuYNT9YU4IN9gZ02zSaQIHAgYgpmH3MfyaMDK1YjMmAn46XY21dI6+/wsM
          WRDQns3WQf+f04VidYA1vEl1TOG/P/+n2tCjuBBPUTPPQqQQCoPu9MobSAGohGv0
          K82nyM6dZeIS8wHLzZj9yt5pSod61CRzI/boVw==
          """,
          """
          wzwGGgcDCwMI6dOXhbIHAAj/tC58SD70iERXyzcmubPbn/d25fTZpAlS4kRymIUa
          v/91Jt8t1VRBdXmneZ/SaQIHAwb8uUSQvLmLvcnRBsYJAmaUD3LontwhtVlrFXax
          Ae0Pn/xvxtZbv9JNzQeQlm5tHoWjAFN4TLHYtqBpnvEhVaeyrWJYUxtXZR/Xd3kS
          +pXjXZtAIW9ppMJI2yj/QzHxYykHOZ5v+Q==
          """,
          """
          wycEBwScUvg8J/leUNU1RA7N/zE2AQQVnlL8rSLPP5VlQsunlO+ECxHSPgGYGKY+
          YJz4u6F+DDlDBOr5NRQXt/KJIf4m4mOlKyC/uqLbpnLJZMnTq3o79GxBTdIdOzhH
          XfA3pqV4mTzF
          """);

  private static final String KEY = "PUBLIC KEY BLOCK";

  private static String armor(String kind, String base64) {
    return "-----BEGIN PGP %1$s-----\n\n%2$s-----END PGP %1$s-----\n".formatted(kind, base64);
  }

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

  private static Verdict signedWithVersion4(String content) {
    String signature = armor("SIGNATURE", ED25519_LEGACY_SIGNATURE);
    String message =
        "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n--b\n"
            + content
            + "\n--b\nContent-Type: application/pgp-signature\n\n"
            + signature
            + "--b--\n";
    Keys keys = Messages.keys(armor(KEY, ED25519_LEGACY_KEY));
    return Messages.check(keys, Messages.bytes(message)).get(0);
  }

  @Test
  void signatureOfVersion4ShouldVerifyAndNoticeChanges() {
    Verdict verdict = signedWithVersion4("OpenPGP");
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    assertEquals("Ed25519 with SHA-256", verdict.algorithm());
    assertEquals("C959BDBAFA32A2F89A153B678CFDE12197965A9A", verdict.signer());
    assertEquals(Instant.parse("2015-09-16T12:24:53Z"), verdict.signedAt().orElseThrow());
    assertEquals(Outcome.FAILED, signedWithVersion4("OpenPGq").outcome());
    assertEquals(Outcome.FAILED, signedWithVersion4("OpenPGP ").outcome());
  }

  /** Secret keys are never needed, but somebody may hand one over. */
  @Test
  void publicHalfOfSecretKeysShouldDo() {
    byte[] message = Messages.bytes("Subject: shopping\n\n" + CLEAR);
    for (String key : SECRET_KEYS) {
      Keys keys = Messages.keys(armor("PRIVATE KEY BLOCK", key));
      assertEquals(Outcome.VERIFIED, Messages.check(keys, message).get(0).outcome());
    }
    assertEquals(Outcome.NO_KEY, Messages.check(Keys.none(), message).get(0).outcome());
  }

  @Test
  void everyKindOfEncryptionShouldBeSealed() {
    for (String base64 : ENCRYPTED) {
      Verdict verdict = check(armor("MESSAGE", base64), "\r\n");
      assertEquals(Outcome.SEALED, verdict.outcome(), verdict::toString);
      assertEquals(SignatureKind.PGP_INLINE, verdict.kind());
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
