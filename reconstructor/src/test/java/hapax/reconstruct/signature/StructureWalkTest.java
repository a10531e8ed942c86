package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hapax.mime.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StructureWalkTest {
  private static MimeEntity walk(String message) throws IOException {
    byte[] bytes = Messages.bytes(message);
    MessagePart part = MessagePart.read(ByteSource.of(bytes, bytes.length), 0, bytes.length, "");
    return StructureWalk.of(part).root();
  }

  private static String text(String message, MimeEntity entity) {
    return message.substring((int) entity.from(), (int) entity.to());
  }

  private static String signed(String first, String lineEnd) {
    return """
        Content-Type: multipart/signed; boundary="a b"

        preamble
        --a b
        FIRST
        --a b \t
        Content-Type: application/pgp-signature

        sig
        --a b--
        epilogue
        """
        .replace("\n", lineEnd)
        .replace("FIRST", first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "x",
        "\nx\n",
        "Subject: a\n\nb",
        "\n\n\n",
        "\nb\n--a\n",
        "\nb\n--a bc\n",
        "\n --a b",
        "Content-Type: multipart/mixed; boundary=c\n\n--c\n\nd\n--c--",
        "\n\r",
        "\n\nx\r",
      })
  void signedPartShouldBeExactToTheByteWithEveryLineEnd(String first) throws IOException {
    for (String lineEnd : new String[] {"\n", "\r\n"}) {
      String part = first.replace("\n", lineEnd);
      String message = signed(part, lineEnd);
      MimeEntity root = walk(message);
      assertEquals(2, root.children().size());
      String found = text(message, root.children().get(0));
      // a CR before an LF is the line end's, wherever it came from
      assertEquals(part.endsWith("\r") && lineEnd.equals("\n") ? found : part, found);
      assertEquals("application/pgp-signature", root.children().get(1).type().name());
    }
  }

  @Test
  void missingClosingBoundaryShouldEndThePartWithTheMessage() throws IOException {
    String message = signed("x", "\r\n");
    message = message.substring(0, message.indexOf("--a b--"));
    MimeEntity root = walk(message);
    assertTrue(text(message, root.children().get(1)).endsWith("sig\r\n"));
  }

  @Test
  void outerBoundaryShouldEndInnerPartsThatWereNotClosed() throws IOException {
    String inner = signed("x", "\n");
    String message =
        "Content-Type: multipart/mixed; boundary=out\n\n--out\n"
            + inner.substring(0, inner.indexOf("\n--a b--"))
            + "\n--out\nContent-Type: application/pkcs7-mime\n\ny\n--out--\n";
    MimeEntity root = walk(message);
    assertEquals(2, root.children().size());
    assertEquals("1.2", root.children().get(0).children().get(1).place());
    assertEquals("2", root.children().get(1).place());
    assertTrue(text(message, root.children().get(1)).endsWith("mime\n\ny"));
  }

  @Test
  void codedBoundaryShouldBeUnderstood() throws IOException {
    String message =
        signed("x", "\n").replace("boundary=\"a b\"", "boundary*0*=us-ascii'en'a%20; boundary*1=b");
    assertEquals(2, walk(message).children().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: message/rfc822\n\n|\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n|\n--b--\n",
      })
  void linesMissingFromAHeaderMayMatter(String message) throws IOException {
    assertTrue(mayMatterWithGap(message));
    assertFalse(mayMatterWithGap(message.replace("message/rfc822", "message/x")));
  }

  private static boolean mayMatterWithGap(String message) throws IOException {
    byte[] bytes = Messages.bytes(message.replace("|", ""));
    MessagePart part = MessagePart.read(ByteSource.of(bytes, bytes.length), 0, bytes.length, "");
    return StructureWalk.mayMatter(part, List.of((long) message.indexOf('|')));
  }

  @Test
  void bodyThatCanHoldNothingShouldNotBeRead() throws IOException {
    byte[] header = Messages.bytes("Content-Type: text/html\r\n\r\n");
    ByteSource endless =
        new ByteSource() {
          @Override
          public long length() {
            return 1L << 40;
          }

          @Override
          public void copyTo(long from, long to, OutputStream sink) throws IOException {
            assertTrue(to < 1 << 20, "the body is read up to " + to);
            for (long at = from; at < to; at++) {
              sink.write(at < header.length ? header[(int) at] : 'x');
            }
          }
        };
    MessagePart part = MessagePart.read(endless, 0, endless.length(), "");
    assertEquals(0, StructureWalk.of(part).root().children().size());
  }

  @Test
  void linesAcrossReadsShouldBeSeenAsOne() {
    Random random = new Random(2046);
    StringBuilder seen = new StringBuilder();
    LineScanner.Handler handler =
        new LineScanner.Handler() {
          @Override
          public boolean wantsAll() {
            return true;
          }

          @Override
          public void line(long start, byte[] bytes, int length, int lineEnd, long next) {
            seen.append(start)
                .append(new String(bytes, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1))
                .append(lineEnd)
                .append(next)
                .append('|');
          }

          @Override
          public void skipped(int lineEnd) {}
        };
    byte[] text = Messages.bytes("a\r\n\nbcd\r\r\n--e\n\r\nlast");
    LineScanner whole = new LineScanner(5, handler);
    whole.write(text, 0, text.length);
    whole.end();
    String expected = seen.toString();
    assertEquals("5a28|819|9bcd\r215|15--e119|19221|21last025|", expected);
    for (int i = 0; i < 200; i++) {
      seen.setLength(0);
      LineScanner scanner = new LineScanner(5, handler);
      for (int at = 0; at < text.length; ) {
        int n = Math.min(text.length - at, 1 + random.nextInt(4));
        scanner.write(text, at, n);
        at += n;
      }
      scanner.end();
      assertEquals(expected, seen.toString());
    }
  }
}
