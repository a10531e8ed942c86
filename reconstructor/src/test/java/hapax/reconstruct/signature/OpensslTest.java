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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL as the maker of S/MIME signatures, and as the judge of them. */
final class OpensslTest {
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
    signer("pss", "rsa-pss -pkeyopt rsa_keygen_bits:2048");
    signer("ec", "ec -pkeyopt ec_paramgen_curve:P-256");
    signer("p384", "ec -pkeyopt ec_paramgen_curve:P-384");
    signer("p521", "ec -pkeyopt ec_paramgen_curve:P-521");
    signer("brainpool", "ec -pkeyopt ec_paramgen_curve:brainpoolP384r1");
    signer("ed25519", "ed25519");
    signer("ed448", "ed448");
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
        "-sign -signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss -md sha512",
        "-sign -signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss -noattr -nodetach",
        "-sign -signer pss.pem -inkey pss.key -keyopt rsa_padding_mode:pss",
        "-sign -signer pss.pem -inkey pss.key -keyopt rsa_padding_mode:pss -md sha384 -nodetach",
        "-sign -signer p384.pem -inkey p384.key -md sha384",
        "-sign -signer p384.pem -inkey p384.key -md sha256 -noattr",
        "-sign -signer p521.pem -inkey p521.key -md sha512",
        "-sign -signer p521.pem -inkey p521.key -md sha1 -nodetach",
        "-sign -signer brainpool.pem -inkey brainpool.key -md sha384",
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

  /** OpenSSL can do this from 3.2 on; {@link EdwardsSmimeTest} stands in for an older one. */
  @ParameterizedTest
  @CsvSource({"ed25519, sha512", "ed25519, sha256", "ed448, shake256", "ed448, sha512"})
  void edwardsKeysShouldVerifyWithTheirChain(String signer, String digest) throws IOException {
    String keys = " -signer " + signer + ".pem -inkey " + signer + ".key ";
    ForeignTool.Result made =
        tool.attempt(
            ("openssl cms -sign" + keys + "-md " + digest + " -in text -out edwards.eml")
                .split(" ", -1));
    Assumptions.assumeTrue(made.exit() == 0, "this OpenSSL signs no CMS with EdDSA: skipped");
    Verdict verdict = check(tool.bytes("edwards.eml"), "ca.pem").get(0);
    assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
    assertEquals(Answer.YES, Messages.answer(verdict, Aspect.CHAIN));
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
   * structure, which no signature covers, three differences are in order: Bouncy Castle reads
   * certificates more strictly; we verify what OpenSSL can not read as long as all that is signed
   * is whole (the list of digests at the front need not be right either, RFC 5652 section 5.1); we
   * want the signed type of content to be that of the content (section 11.1).
   *
   * @param signatureText base64 characters at the end that certainly belong to the signature
   */
  @ParameterizedTest
  @CsvSource({
    "rsa, 330, ''",
    "rsa, 330, '-keyopt rsa_padding_mode:pss'",
    "pss, 330, '-keyopt rsa_padding_mode:pss'",
    "ec, 80, '-md sha256'",
    "p384, 120, '-md sha384'",
    "p521, 170, '-md sha512'",
    "brainpool, 120, '-md sha256'",
  })
  void everyVerdictOnDamagedMessagesShouldBeThatOfOpenssl(
      String signer, int signatureText, String how) throws IOException {
    String keys = " -signer " + signer + ".pem -inkey " + signer + ".key";
    openssl("cms -sign -in text -out signed.eml" + keys + (how.isEmpty() ? "" : " " + how));
    byte[] signed = tool.bytes("signed.eml");
    String text = tool.read("signed.eml");
    int content = text.indexOf("Dear");
    int base64 = text.indexOf("\n\nMI") + 2;
    int end = text.lastIndexOf("\n\n--");
    Random random = new Random(5652);
    for (int i = 0; i < 40; i++) {
      byte[] damaged = signed.clone();
      int at =
          switch (random.nextInt(4)) {
            case 0 -> content + random.nextInt(20);
            case 1 -> end - 1 - random.nextInt(signatureText);
            default -> base64 + random.nextInt(end - base64);
          };
      damaged[at] = (byte) (damaged[at] <= ' ' ? damaged[at] : "AZa9z/".charAt(random.nextInt(6)));
      Files.write(tool.file("damaged.eml"), damaged);
      boolean theirs = isVerified("damaged.eml");
      List<Verdict> verdicts = check(damaged);
      boolean ours = verdicts.stream().anyMatch(v -> v.outcome() == Outcome.VERIFIED);
      boolean stricter =
          verdicts.stream()
              .anyMatch(
                  v ->
                      v.outcome() == Outcome.NO_KEY
                          || v.reason().contains("is damaged")
                          || v.reason().contains("another kind of content"));
      boolean isSigned = at < base64 || at >= end - signatureText;
      boolean excused = !isSigned && (!theirs || stricter);
      assertTrue(theirs == ours || excused, "damaged at " + at + verdicts);
    }
  }

  private static boolean isVerified(String name) throws IOException {
    return tool.attempt("openssl", "cms", "-verify", "-noverify", "-in", name, "-out", "out").exit()
        == 0;
  }
}
