package hapax.tools.bench;

import hapax.mime.ByteSource;
import hapax.reconstruct.signature.Keys;
import hapax.reconstruct.signature.Outcome;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.reconstruct.signature.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much dearer is a DKIM verdict than the cryptography in it? Each form is a canonicalisation of
 * the body, and the line ends in which the mail is kept; it is always signed over CRLF.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignatureKernel {
  private static final String FIELDS = "From: a@office.example\r\nSubject: Plan\r\n";
  private static final String LINES =
      "Hello Bob,\r\n\r\nplease find the plan for the coming week below, with all that was said.\r\n"
          + "JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoKPDwvTGVuZ3RoIDMgMCBSL0ZpbHRlci9GbGF0ZURl\r\n"
              .repeat(4);

  /** Length of the text in bytes, roughly. */
  @Param({"4000", "10000000"})
  public int length;

  /** How the body was canonicalised, and the line ends at rest. */
  @Param({"simple CRLF", "relaxed CRLF", "simple LF", "relaxed LF"})
  public String form;

  private SignatureCheck check;
  private KeyPair keys;
  private byte[] signature;
  private byte[] body;
  private ByteSource signed;

  @Setup
  public void sign() throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    String text = LINES.repeat(length / LINES.length());
    String canon = form.substring(0, form.indexOf(' '));
    body = text.getBytes(StandardCharsets.US_ASCII);
    String field =
        "DKIM-Signature: v=1; a=rsa-sha256; c=simple/"
            + canon
            + "; d=office.example; s=s;\r\n h=from:subject; bh="
            + base64(MessageDigest.getInstance("SHA-256").digest(body))
            + "; b=";
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(keys.getPrivate());
    signer.update((FIELDS + field).getBytes(StandardCharsets.US_ASCII));
    signature = signer.sign();
    signed = source(field + base64(signature) + "\r\n" + FIELDS + "\r\n" + text);
    String record = "s._domainkey.office.example TXT p=" + base64(keys.getPublic().getEncoded());
    check = new SignatureCheck(Keys.of(record), Clock.systemUTC());
    if (dkim().get(0).outcome() != Outcome.VERIFIED) {
      throw new IllegalStateException(dkim().toString());
    }
  }

  private ByteSource source(String message) {
    String kept = form.endsWith(" LF") ? message.replace("\r\n", "\n") : message;
    byte[] bytes = kept.getBytes(StandardCharsets.US_ASCII);
    return ByteSource.of(bytes, bytes.length);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The verdict. */
  @Benchmark
  public List<Verdict> dkim() throws IOException {
    return check.check(signed);
  }

  /** The digest of the body and the public key operation alone, by the JDK. */
  @Benchmark
  public boolean cryptography() throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(keys.getPublic());
    verifier.update(MessageDigest.getInstance("SHA-256").digest(body));
    return verifier.verify(signature);
  }
}
