package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SignatureRecordTest {
  private static final DkimSigner SIGNER = new DkimSigner("rsa-sha256", "relaxed/relaxed");
  private static final String SIGNED = SIGNER.sign("From: a@example.org\r\n\r\nbody\r\n");

  private static SignatureRecord record(String message, Keys keys) {
    return SignatureRecord.of(Messages.NOW, Messages.check(keys, Messages.bytes(message)));
  }

  private static List<VerdictDifference> again(String text, String message) throws IOException {
    byte[] bytes = Messages.bytes(message);
    return SignatureRecord.parse(text).again(ByteSource.of(bytes, bytes.length));
  }

  @Test
  void recordShouldComeBackAsItWasWritten() throws IOException {
    SignatureRecord record = record(SIGNED, DkimSigner.keys());
    SignatureRecord read = SignatureRecord.parse(record.text());
    assertEquals(record.text(), read.text());
    assertEquals(List.of(), VerdictComparison.between(record.verdicts(), read.verdicts()));
    assertEquals(Messages.NOW, read.checked());
    assertTrue(read.keys().startsWith("sel._domainkey.example.org. IN TXT \"v=DKIM1; "));
  }

  @Test
  void keptKeyShouldGiveTheSameAnswersOverTheSameBytesOnly() throws IOException {
    String text = record(SIGNED, DkimSigner.keys()).text();
    assertEquals(List.of(), again(text, SIGNED));
    assertEquals("body digest", again(text, SIGNED.replace("body", "bodY")).get(0).point());
    String withoutKeys = text.substring(0, text.indexOf("\nkeys\n") + 6);
    assertEquals(
        List.of("header digest", "signature"),
        again(withoutKeys, SIGNED).stream().map(VerdictDifference::point).toList());
  }

  @Test
  void keysThatWereRefusedAndThoseOfSealsShouldBeKeptToo() throws IOException {
    String refused = DkimSigner.record(DkimSigner.RSA).replace("k=rsa;", "k=rsa; h=sha1;\n");
    Keys keys = Keys.none().withLookup(name -> List.of(refused));
    SignatureRecord record = record(SIGNED, keys);
    assertEquals(Outcome.FAILED, record.verdicts().get(0).outcome());
    assertEquals(List.of(), again(record.text(), SIGNED));
    String relayed = new DkimSigner("rsa-sha256", "relaxed/relaxed").addArcSet(SIGNED, 1, "none");
    assertEquals(List.of(), again(record(relayed, DkimSigner.keys()).text(), relayed));
  }

  @Test
  void missingKeyShouldBeMissingAgain() throws IOException {
    SignatureRecord record = record(SIGNED, Keys.none());
    assertEquals(Outcome.NO_KEY, record.verdicts().get(0).outcome());
    assertEquals("", record.keys());
    assertEquals(List.of(), again(record.text(), SIGNED));
  }

  @Test
  void exampleOnThePageShouldBeThisRecord() throws IOException {
    String page = Files.readString(Path.of("doc/signature-record.md"));
    String example = page.split("```text\n", -1)[1].split("```", -1)[0];
    String message = DkimRfcTest.RFC_8463_MESSAGE.replace("\n", "\r\n");
    assertEquals(example, record(message, DkimRfcTest.RFC_8463_KEYS).text());
    assertEquals(List.of(), again(example, message));
  }

  @Test
  void cutOrChangedRecordShouldFailWithItsLine() {
    String text = record(SIGNED, DkimSigner.keys()).text();
    for (int end = 0; end < text.indexOf("\nkeys\n") + 6; end++) {
      String cut = text.substring(0, end);
      String message =
          assertThrows(IOException.class, () -> SignatureRecord.parse(cut)).getMessage();
      assertTrue(message.matches("record of signatures, line \\d+: expected .*"), message);
    }
    for (String wrong :
        List.of(
            text.replace("signatures 1", "signatures 2"),
            text.replace("outcome verified", "outcome perhaps"),
            text.replace("checked 2026", "checked then"),
            text.replace("\nsigner ", "\nsigned by "))) {
      assertThrows(IOException.class, () -> SignatureRecord.parse(wrong));
    }
  }

  @Test
  void randomDamageShouldFailWithAMessageOrBeRead() {
    Random random = new Random(5);
    byte[] text = Messages.bytes(record(SIGNED, DkimSigner.keys()).text());
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = text.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
      try {
        again(new String(damaged, StandardCharsets.ISO_8859_1), SIGNED);
      } catch (IOException told) {
        assertTrue(String.valueOf(told.getMessage()).length() > 10, told::toString);
      }
    }
  }
}
