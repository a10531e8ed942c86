package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that GnuPG made. */
final class GpgTest {
  private static final String[] GPG = {
    "gpg", "--batch", "--quiet", "--yes", "--pinentry-mode", "loopback", "--passphrase", ""
  };
  private static final String ENTITY =
      "Content-Type: text/plain\r\n\r\nDear Bob,\r\n- a dash\r\nFrom here \t\r\n\r\n-- \r\nAnn";

  @TempDir static Path folder;
  private static ForeignTool tool;

  @BeforeAll
  static void makeKeys() throws IOException {
    ForeignTool.assumePresent("gpg");
    tool = new ForeignTool(folder);
    for (String algorithm :
        List.of("rsa2048", "dsa1024", "nistp256", "ed25519", "brainpoolP256r1")) {
      gpg("--quick-generate-key", algorithm + "@example.org", algorithm, "sign", "never");
    }
    gpg("--quick-generate-key", "rsa2048@subkey.org", "default", "default", "never");
    gpg("--output", "ring.gpg", "--export");
    gpg("--armor", "--output", "ring.asc", "--export");
  }

  @AfterAll
  static void stopAgent() throws IOException {
    if (tool != null) {
      tool.attempt("gpgconf", "--kill", "gpg-agent");
    }
  }

  private static void gpg(String... arguments) throws IOException {
    String[] all = Arrays.copyOf(GPG, GPG.length + arguments.length);
    System.arraycopy(arguments, 0, all, GPG.length, arguments.length);
    tool.run(all);
  }

  private static List<Verdict> check(String message, String ring) throws IOException {
    Keys keys = Keys.read(List.of(tool.file(ring)));
    return Messages.check(keys, message.getBytes(StandardCharsets.ISO_8859_1), Instant.now());
  }

  private static String signed(String signature) {
    return "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\r\n\r\n"
        + "--b\r\n"
        + ENTITY
        + "\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\n"
        + signature
        + "\r\n--b--\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa2048", "dsa1024", "nistp256", "ed25519", "brainpoolP256r1"})
  void detachedSignaturesShouldVerifyAndNoticeChanges(String algorithm) throws IOException {
    tool.write("entity", ENTITY);
    for (String mode : List.of("--no-textmode", "--textmode")) {
      gpg(
          mode,
          "--armor",
          "--local-user",
          algorithm + "@example.org",
          "--output",
          "sig.asc",
          "--detach-sign",
          "entity");
      String message = signed(tool.read("sig.asc"));
      Verdict verdict = check(message, "ring.gpg").get(0);
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
      assertEquals(SignatureKind.PGP_MIME, verdict.kind());
      assertEquals(
          Outcome.VERIFIED, check(message.replace("\r\n", "\n"), "ring.asc").get(0).outcome());
      assertEquals(
          Outcome.FAILED, check(message.replace("Dear", "dear"), "ring.asc").get(0).outcome());
      assertEquals(
          Outcome.FAILED, check(message.replace("here \t", "here "), "ring.gpg").get(0).outcome());
    }
  }

  /** The revocation is the one that GnuPG makes along with the key, to be kept in a safe. */
  @Test
  void keyThatHadExpiredOrWasRevokedShouldBeToldAndDecideNothing() throws IOException {
    String start = "20200101T000000";
    gpg("--faked-system-time", start, "--quick-generate-key", "aged@x.org", "ed25519", "sign");
    String list = tool.run("gpg", "--with-colons", "--list-keys", "aged@x.org");
    String print = list.substring(list.indexOf("fpr:")).split(":", -1)[9];
    tool.write("entity", ENTITY);
    String early = signed(signAt("20200601T000000"));
    String late = signed(signAt("20210601T000000"));
    gpg("--faked-system-time", start, "--quick-set-expire", print, "1y");
    gpg("--output", "aged.gpg", "--export", "aged@x.org");
    assertVerifiedAndValid(Answer.YES, early);
    assertVerifiedAndValid(Answer.NO, late);
    String revocation = tool.read("openpgp-revocs.d/" + print + ".rev");
    tool.write("revocation", revocation.substring(revocation.indexOf("-----BEGIN")));
    gpg("--import", "revocation");
    gpg("--output", "aged.gpg", "--export", "aged@x.org");
    assertVerifiedAndValid(Answer.NO, early);
  }

  private static String signAt(String time) throws IOException {
    gpg(
        "--faked-system-time",
        time,
        "--armor",
        "--local-user",
        "aged@x.org",
        "--output",
        "sig.asc",
        "--detach-sign",
        "entity");
    return tool.read("sig.asc");
  }

  private static void assertVerifiedAndValid(Answer valid, String message) throws IOException {
    Verdict verdict = check(message, "aged.gpg").get(0);
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    assertEquals(valid, Messages.answer(verdict, Aspect.VALIDITY), verdict::toString);
  }

  @Test
  void severalSignersShouldEachGetAVerdict() throws IOException {
    tool.write("entity", ENTITY);
    gpg(
        "--armor",
        "--local-user",
        "rsa2048@example.org",
        "--local-user",
        "ed25519@example.org",
        "--output",
        "sig.asc",
        "--detach-sign",
        "entity");
    List<Verdict> verdicts = check(signed(tool.read("sig.asc")), "ring.gpg");
    assertEquals(2, verdicts.size());
    verdicts.forEach(v -> assertEquals(Outcome.VERIFIED, v.outcome(), v::toString));
  }

  @Test
  void carriageReturnAloneShouldEndNoLineOfAText() throws IOException {
    tool.write("text", "one\rtwo \nthree\n");
    for (String how : List.of("--clear-sign", "--sign")) {
      gpg(
          "--armor",
          "--textmode",
          "--local-user",
          "ed25519@example.org",
          "--output",
          "text.asc",
          how,
          "text");
      String message = "Subject: x\n\n" + tool.read("text.asc");
      Verdict verdict = check(message, "ring.gpg").get(0);
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    }
  }

  @Test
  void textsInTheClearAndCompressedShouldVerify() throws IOException {
    String text = "- a dash\n\nFrom here \t\n-----BEGIN nothing\n  end  \n\n";
    tool.write("text", text);
    for (String how : List.of("--clear-sign", "--sign")) {
      for (String compression : List.of("none", "zip", "zlib", "bzip2")) {
        gpg(
            "--armor",
            "--compress-algo",
            compression,
            "--local-user",
            "ed25519@example.org",
            "--output",
            "text.asc",
            how,
            "text");
        String message = "Subject: x\n\nfirst\n" + tool.read("text.asc") + "last\n";
        Verdict verdict = check(message, "ring.gpg").get(0);
        assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
        assertEquals(SignatureKind.PGP_INLINE, verdict.kind());
        String encoded =
            "Content-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder().encodeToString(Messages.bytes(tool.read("text.asc")));
        assertEquals(Outcome.VERIFIED, check(encoded, "ring.gpg").get(0).outcome());
      }
    }
    assertEquals(
        Outcome.NO_KEY,
        Messages.check(Keys.none(), Messages.bytes("\n" + tool.read("text.asc"))).get(0).outcome());
  }

  @Test
  void encryptedTextsShouldBeSealed() throws IOException {
    tool.write("text", "secret\n");
    gpg(
        "--armor",
        "--trust-model",
        "always",
        "--recipient",
        "rsa2048@subkey.org",
        "--output",
        "text.asc",
        "--sign",
        "--encrypt",
        "text");
    Verdict verdict = check("Subject: x\n\n" + tool.read("text.asc"), "ring.gpg").get(0);
    assertEquals(Outcome.SEALED, verdict.outcome(), verdict::toString);
    gpg("--passphrase", "secret", "--armor", "--output", "text.asc", "--symmetric", "text");
    assertEquals(
        Outcome.SEALED,
        check("Subject: x\n\n" + tool.read("text.asc"), "ring.gpg").get(0).outcome());
    String mime =
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n"
            + "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n"
            + "Content-Type: application/octet-stream\n\n"
            + tool.read("text.asc")
            + "\n--b--\n";
    List<Verdict> sealed = check(mime, "ring.gpg");
    assertEquals(List.of(Outcome.SEALED), sealed.stream().map(Verdict::outcome).toList());
  }

  @Test
  void keyOfAVerdictShouldVerifyAgain() throws IOException {
    tool.write("entity", ENTITY);
    gpg(
        "--armor",
        "--local-user",
        "nistp256@example.org",
        "--output",
        "sig.asc",
        "--detach-sign",
        "entity");
    String message = signed(tool.read("sig.asc"));
    String kept = check(message, "ring.gpg").get(0).key().orElseThrow();
    Verdict again = Messages.check(Messages.keys(kept), Messages.bytes(message)).get(0);
    assertEquals(Outcome.VERIFIED, again.outcome(), again::toString);
  }

  @Test
  void keyThatTheMessageBringsShouldBeUsedWhenNoneIsGiven() throws IOException {
    tool.write("entity", ENTITY);
    gpg(
        "--armor",
        "--local-user",
        "ed25519@example.org",
        "--output",
        "sig.asc",
        "--detach-sign",
        "entity");
    gpg("--output", "one.gpg", "--export", "ed25519@example.org");
    String signed = signed(tool.read("sig.asc"));
    String attached =
        "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n"
            + signed
            + "\r\n--m\r\nContent-Type: application/pgp-keys\r\n\r\n"
            + tool.read("ring.asc")
            + "\r\n--m--\r\n";
    String autocrypt =
        "Autocrypt: addr=ed25519@example.org; keydata="
            + Base64.getEncoder().encodeToString(tool.bytes("one.gpg"))
            + "\r\n"
            + signed;
    for (String message : List.of(attached, autocrypt)) {
      Verdict verdict = Messages.check(Keys.none(), Messages.bytes(message)).get(0);
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
      assertEquals("found in the message", verdict.finding(Aspect.KEY).orElseThrow().reason());
    }
    Verdict without = Messages.check(Keys.none(), Messages.bytes(signed)).get(0);
    assertEquals(Outcome.NO_KEY, without.outcome());
  }
}
