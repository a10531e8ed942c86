package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL as the maker of S/MIME signatures, and as the judge of them. */
final class OpensslTest {
  /** Base64 characters that certainly belong to a signature of 256 bytes at the end. */
  private static final int SIGNATURE_TEXT = 330;

  private static final String TEXT = "Dear Bob,\r\n\r\nyes \t\r\n\r\nAnn\r\n";

  @TempDir static Path folder;
  private static ForeignTool tool;

  @BeforeAll
  static void makeCertificates() throws IOException {
    ForeignTool.assumePresent("openssl");
    tool = new ForeignTool(folder);
    tool.write("text", TEXT);
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 900 -subj /CN=Root");
    signer("rsa", "rsa:2048");
    signer("ec", "ec -pkeyopt ec_paramgen_curve:P-256");
  }

  private static void signer(String name, String kind) throws IOException {
    openssl(
        "req -x509 -newkey "
            + kind
            + " -nodes -keyout "
            + name
            + ".key -out "
            + name
            + ".pem -days 30 -subj /CN="
            + name
            + " -CA ca.pem -CAkey ca.key -addext keyUsage=digitalSignature"
            + " -addext extendedKeyUsage=emailProtection -addext basicConstraints=CA:FALSE");
  }

  private static void openssl(String arguments) throws IOException {
    tool.run(("openssl " + arguments).split(" ", -1));
  }

  private static List<Verdict> check(byte[] message, String... keyFiles) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : keyFiles) {
      files.add(tool.file(name));
    }
    return Messages.check(Keys.read(files), message, Instant.now());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-sign -signer rsa.pem -inkey rsa.key",
        "-sign -signer rsa.pem -inkey rsa.key -binary",
        "-sign -signer rsa.pem -inkey rsa.key -text",
        "-sign -signer rsa.pem -inkey rsa.key -noattr -md sha512",
        "-sign -signer rsa.pem -inkey rsa.key -keyid -md sha384",
        "-sign -signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss",
        "-sign -signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:11",
        "-sign -signer rsa.pem -inkey rsa.key -nodetach",
        "-sign -signer rsa.pem -inkey rsa.key -nodetach -stream",
        "-sign -signer rsa.pem -inkey rsa.key -nodetach -indef -noattr",
        "-sign -signer ec.pem -inkey ec.key",
        "-sign -signer ec.pem -inkey ec.key -nodetach -md sha512",
        "-sign -signer rsa.pem -inkey rsa.key -signer ec.pem -inkey ec.key",
        "-sign -signer rsa.pem -inkey rsa.key -nocerts -md sha3-256",
        "-sign -signer rsa.pem -inkey rsa.key -md sha512-256",
      })
  void everyVariantShouldVerifyWithItsChain(String how) throws IOException {
    openssl("cms " + how + " -in text -out signed.eml");
    List<Verdict> verdicts = check(tool.bytes("signed.eml"), "ca.pem", "rsa.pem");
    assertEquals(
        how.contains("-signer ec.pem") && how.contains("rsa.pem") ? 2 : 1, verdicts.size());
    for (Verdict verdict : verdicts) {
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
      assertEquals(Answer.YES, Messages.answer(verdict, Aspect.CHAIN));
      assertEquals(Answer.YES, Messages.answer(verdict, Aspect.VALIDITY));
    }
  }

  @Test
  void sha1ShouldBeWeakAndEncryptionSealed() throws IOException {
    openssl("cms -sign -signer rsa.pem -inkey rsa.key -md sha1 -in text -out weak.eml");
    assertEquals(Strength.WEAK, check(tool.bytes("weak.eml")).get(0).strength());
    for (String cipher : List.of("-aes-128-cbc", "-aes-256-gcm")) {
      openssl("cms -encrypt " + cipher + " -in text -out sealed.eml rsa.pem");
      assertEquals(Outcome.SEALED, check(tool.bytes("sealed.eml")).get(0).outcome());
    }
  }

  /**
   * Damage to boundaries, fields and blanks within base64 is left out: these are not signed. Where
   * content or signature are hit, the verdicts must agree. In what lies between, certificate and
   * structure, which no signature covers, two differences are in order: Bouncy Castle reads
   * certificates more strictly, and we verify what OpenSSL can not read as long as all that is
   * signed is whole (the list of digests at the front need not be right either, RFC 5652 section
   * 5.1).
   */
  @Test
  void everyVerdictOnDamagedMessagesShouldBeThatOfOpenssl() throws IOException {
    openssl("cms -sign -signer rsa.pem -inkey rsa.key -in text -out signed.eml");
    byte[] signed = tool.bytes("signed.eml");
    String text = tool.read("signed.eml");
    int content = text.indexOf("Dear");
    int base64 = text.indexOf("\n\nMII") + 2;
    int end = text.lastIndexOf("\n\n--");
    Random random = new Random(5652);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = signed.clone();
      int at =
          random.nextInt(4) == 0
              ? content + random.nextInt(20)
              : base64 + random.nextInt(end - base64);
      damaged[at] = (byte) (damaged[at] <= ' ' ? damaged[at] : "AZa9z/".charAt(random.nextInt(6)));
      Files.write(tool.file("damaged.eml"), damaged);
      boolean theirs =
          tool.attempt(
                      "openssl", "cms", "-verify", "-noverify", "-in", "damaged.eml", "-out", "out")
                  .exit()
              == 0;
      List<Verdict> verdicts = check(damaged);
      boolean ours = verdicts.stream().anyMatch(v -> v.outcome() == Outcome.VERIFIED);
      boolean unreadable =
          verdicts.stream()
              .anyMatch(v -> v.outcome() == Outcome.NO_KEY || v.reason().contains("is damaged"));
      boolean isSigned = at < base64 || at >= end - SIGNATURE_TEXT;
      boolean excused = !isSigned && (!theirs || unreadable);
      assertTrue(theirs == ours || excused, "damaged at " + at + verdicts);
    }
  }
}
