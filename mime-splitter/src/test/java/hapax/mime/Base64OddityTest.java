package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single oddities of base64 text, and text that is none. */
class Base64OddityTest {
  private static RoundTrip.Result read(String text) throws IOException {
    return RoundTrip.of(Splits.bytes(text));
  }

  private static String digits(int length, int seed) {
    byte[] payload = new byte[length];
    new Random(seed).nextBytes(payload);
    return Base64.getEncoder().encodeToString(payload);
  }

  private static void assertContent(String content, String text) throws IOException {
    RoundTrip.Result result = read(text);
    assertTrue(result.isShaped(), () -> "" + result.reading());
    assertEquals(content, new String(result.content(), StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "A", "====", "!\"§$%&()[]{}?_-.,:;#'~@|<>", "\0\0\0\0"})
  void textWithoutAQuantumShouldBeNoBase64(String text) throws IOException {
    assertEquals(Unshared.NOT_BASE64, read(text).reason());
  }

  @Test
  void proseShouldNotPay() throws IOException {
    assertEquals(Unshared.ODD_BASE64, read("This is no base64 at all. ".repeat(100)).reason());
    assertEquals(Unshared.ODD_BASE64, read("Q\nRST\nUV\n".repeat(10_000)).reason());
  }

  @Test
  void shortLinesShouldPayWhereTheyAreAllAlike() throws IOException {
    assertTrue(read("Q\n".repeat(100_000)).shape().cost() < 16);
  }

  @Test
  void paddingShouldBeWhateverItIs() throws IOException {
    assertContent("AB", "QUI=");
    assertContent("AB", "QUI");
    assertContent("AB", "QUI==");
    assertContent("AB", "QUJ");
    assertContent("A", "QQ=\r\n=\r\n");
    assertContent("A", "QR==");
    assertContent("ABC", "QUJD====\n");
    assertContent("ABC", "QUJDR\n");
    assertContent("ABC", "=QUJD");
  }

  @Test
  void paddingBetweenBase64ShouldStartANewStretch() throws IOException {
    String first = digits(100, 1);
    String second = digits(200, 2);
    byte[] expected = new byte[300];
    System.arraycopy(Base64.getDecoder().decode(first), 0, expected, 0, 100);
    System.arraycopy(Base64.getDecoder().decode(second), 0, expected, 100, 200);
    for (String between : new String[] {"\n", "\r\n\r\n", " ", ""}) {
      assertArrayEquals(expected, read(first + between + second + "\n").content());
    }
  }

  @Test
  void everyLineMayBeAStretchOfItsOwn() throws IOException {
    String line = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2dw==\n";
    RoundTrip.Result result = read(line.repeat(1000));
    assertEquals(line.length() / 4 * 3 * 1000 - 2000, result.content().length);
  }

  @Test
  void singlePadInTheMiddleOfAQuantumShouldBeJunk() throws IOException {
    String text = digits(300, 3);
    byte[] expected = Base64.getDecoder().decode(text);
    assertArrayEquals(expected, read(text.substring(0, 102) + "=" + text.substring(102)).content());
    assertArrayEquals(expected, read(text.substring(0, 101) + "=" + text.substring(101)).content());
  }

  /** The decoder takes '=' at the end of its input for padding; pieces end anywhere. */
  @Test
  void padAtAnyPlaceShouldNotBeLost() throws IOException {
    String text = digits(150_000, 4);
    for (int at = 8100; at < 8300; at++) {
      read(text.substring(0, at) + "=" + text.substring(at + 1));
      String lines = Base64Form.lines(text, 64, "\n");
      read(lines.substring(0, at) + "=" + lines.substring(at + 1));
      read(lines.substring(0, 32_700 + at) + "==" + lines.substring(32_700 + at + 2));
    }
  }

  @Test
  void footerShouldNotChangeTheContent() throws IOException {
    String footer = "_____________\noffice mailing list\noffice@lists.example\n";
    for (int length = 1140; length < 1140 + 58; length++) {
      String tidy = Base64Form.lines(digits(length, length), 76, "\n");
      byte[] expected = read(tidy).content();
      assertEquals(length, expected.length);
      for (String text :
          new String[] {tidy + footer, tidy + "\n" + footer, tidy + " \n-- \n" + footer}) {
        assertArrayEquals(expected, read(text).content(), text);
        assertArrayEquals(expected, read(text.replace("=", "")).content(), text);
        assertArrayEquals(expected, read(text.replace("\n", "\r\n")).content(), text);
      }
    }
  }

  @Test
  void pureWordsAfterPaddingShouldBeTail() throws IOException {
    String tidy = Base64Form.lines(digits(1000, 5), 76, "\n");
    RoundTrip.Result result = read(tidy + "Unsubscribe\n");
    assertEquals(1000, result.content().length);
    assertTrue(result.shape().toString().endsWith("tail \"Unsubscribe\\n\""));
  }

  @Test
  void tailThatOutweighsTheContentShouldNotPay() throws IOException {
    String tidy = Base64Form.lines(digits(1000, 6), 76, "\n");
    assertEquals(Unshared.ODD_BASE64, read(tidy + "some other text. ".repeat(100)).reason());
  }

  @Test
  void fiftyMegabytesInOneLineShouldDo() throws IOException {
    String line = digits(37_500_000, 7);
    RoundTrip.Result result = read(line);
    assertEquals(37_500_000, result.content().length);
    assertTrue(result.shape().cost() < 16);
  }

  @Test
  void millionBlankLinesShouldCostLittle() throws IOException {
    String tidy = Base64Form.lines(digits(1000, 8), 76, "\n");
    RoundTrip.Result result = read("\n".repeat(1_000_000) + tidy + "\r\n".repeat(1_000_000));
    assertEquals(1000, result.content().length);
    assertTrue(result.shape().cost() < 200);
  }

  @Test
  void junkShouldBeGivenUpBeforeItIsReadToTheEnd() throws IOException {
    Random random = new Random(9);
    byte[] junk = new byte[20_000_000];
    random.nextBytes(junk);
    for (int i = 0; i < junk.length; i++) {
      // Padding would end the content at once, and the cost would never be looked at.
      junk[i] = junk[i] == '=' ? (byte) '!' : junk[i];
    }
    CountedSource source = new CountedSource(junk);
    RoundTrip.Result result = RoundTrip.of(source, RoundTrip.base64(0, junk.length), junk);
    assertFalse(result.isShaped());
    assertTrue(source.copied() < 1_000_000, source.copied() + " bytes read");
  }

  @Test
  void shapeShouldNeverGrowBeyondItsLimit() throws IOException {
    Random random = new Random(10);
    StringBuilder text = new StringBuilder();
    while (text.length() < 40_000_000) {
      text.append("ABCDEFGHIJKLMNOPQRST", 0, 11 + random.nextInt(9)).append('\n');
    }
    assertEquals(Unshared.ODD_BASE64, read(text.toString()).reason());
  }

  @Test
  void randomTextOfFewKindsOfBytesShouldComeBackOrBeRefused() throws IOException {
    Random random = new Random(11);
    String kinds = "ABCDEFGHIJKLMNOPQRSTUVWXYZab==\n\r !";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int most = 4 + random.nextInt(kinds.length() - 4);
      for (int i = random.nextInt(200); i > 0; i--) {
        boolean odd = random.nextInt(8) == 0;
        text.append(
            kinds.charAt(odd ? kinds.length() - 1 - random.nextInt(8) : random.nextInt(most)));
      }
      read(text.toString());
    }
  }

  @Test
  void readerShouldBeFitForUseAfterAFailure() throws IOException {
    byte[] text = Splits.bytes(Base64Form.lines(digits(5000, 12), 76, "\n"));
    PartReader reader = new PartReader();
    ByteSource source = ByteSource.of(text, text.length);
    Part part = RoundTrip.base64(0, text.length);
    assertThrows(IOException.class, () -> reader.read(source, part, new FailingSink()));
    PartReader.Reading again = reader.read(source, part, OutputStream.nullOutputStream());
    assertEquals(RoundTrip.of(text).reading(), again);
  }

  private static final class FailingSink extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      throw new IOException("full");
    }
  }
}
