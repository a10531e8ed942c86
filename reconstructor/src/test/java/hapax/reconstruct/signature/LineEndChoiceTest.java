package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineEndChoiceTest {
  private static final String HEADER =
      "From: ann@example.org\r\nTo: bob@example.net\r\nSubject: lines\r\n\r\n";
  private static final String BODY = "First line\r\n\r\nsecond  line \r\n".repeat(4_000);

  /** Counts how often the bytes of a message are handed out. */
  private static final class Counted implements ByteSource {
    private final byte[] bytes;
    private long handedOut;

    Counted(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void copyTo(long from, long to, OutputStream sink) throws IOException {
      handedOut += to - from;
      sink.write(bytes, (int) from, (int) (to - from));
    }
  }

  private static String sign(String canon, String message) {
    String signed = new DkimSigner("rsa-sha256", canon).sign(message);
    byte[] sealed =
        Messages.bytes(new DkimSigner("rsa-sha256", canon).addArcSet(signed, 1, "none"));
    return new String(sealed, StandardCharsets.ISO_8859_1);
  }

  /** One pass looks for parts, one digests for DKIM and ARC together; headers are read again. */
  @ParameterizedTest
  @ValueSource(strings = {"relaxed/simple", "relaxed/relaxed"})
  void bodyShouldBeDigestedOnceWhateverLineEndsItIsKeptWith(String canon) throws IOException {
    String signed = sign(canon, HEADER + BODY);
    for (String lineEnd : new String[] {"\r\n", "\n"}) {
      byte[] kept = Messages.bytes(signed.replace("\r\n", lineEnd));
      Counted source = new Counted(kept);
      SignatureCheck check = new SignatureCheck(DkimSigner.keys(), Clock.systemUTC());
      List<Verdict> verdicts = check.check(source);
      assertEquals(2, verdicts.size());
      for (Verdict verdict : verdicts) {
        assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
        LineEnds expected = lineEnd.equals("\n") ? LineEnds.CRLF : LineEnds.AS_KEPT;
        assertEquals(expected, verdict.lineEnds());
      }
      assertTrue(source.handedOut < 2.3 * kept.length, "read " + source.handedOut);
    }
  }

  /** What holds over both readings holds as kept, though the message has bare line feeds. */
  @Test
  void signatureThatHoldsBothWaysShouldBeVerifiedAsKept() {
    DkimSigner signer = new DkimSigner("rsa-sha256", "relaxed/relaxed");
    for (String signed :
        new String[] {
          signer.length(5).sign(HEADER + BODY), signer.length(0).sign(HEADER + "\r\n")
        }) {
      int end = signed.indexOf("From:");
      String unfolded = signed.substring(0, end).strip().replaceAll("\r\n[ \t]+", " ");
      String kept = (unfolded + "\r\n" + signed.substring(end)).replace("\r\n", "\n");
      Verdict verdict = Messages.check(DkimSigner.keys(), Messages.bytes(kept)).get(0);
      assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
      assertEquals(LineEnds.AS_KEPT, verdict.lineEnds());
    }
  }

  /** A body of both kinds of line ends that was signed with them is right as kept alone. */
  @Test
  void bodyThatWasSignedWithBareLineFeedsShouldBeVerifiedAsKept() {
    for (String body : new String[] {"a\nb\r\nc\n", "a\r\nb\nc\r\n", "\n", "\n\r\n"}) {
      for (String canon : new String[] {"simple/simple", "relaxed/relaxed"}) {
        String signed = new DkimSigner("rsa-sha256", canon).sign(HEADER + body);
        Verdict verdict = Messages.check(DkimSigner.keys(), Messages.bytes(signed)).get(0);
        assertEquals(Outcome.VERIFIED, verdict.outcome(), verdict::toString);
        assertEquals(LineEnds.AS_KEPT, verdict.lineEnds());
      }
    }
  }

  @Test
  void damagedBodyOfMailWithLineFeedsShouldFailWithAllThatIsRight() {
    String signed = sign("relaxed/simple", HEADER + BODY).replace("\r\n", "\n");
    for (Verdict verdict :
        Messages.check(DkimSigner.keys(), Messages.bytes(signed.replaceFirst("First", "Fir5t")))) {
      assertEquals(Outcome.FAILED, verdict.outcome(), verdict::toString);
      assertEquals(Answer.NO, Messages.answer(verdict, Aspect.BODY_DIGEST));
      assertEquals(Answer.YES, Messages.answer(verdict, Aspect.HEADER_DIGEST));
      assertEquals(LineEnds.CRLF, verdict.lineEnds());
    }
  }
}
