package hapax.mime;

import static hapax.mime.Splits.leaves;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSplitterTest {
  private static final String MIXED = "Content-Type: multipart/mixed; boundary=b\n\n";

  private static Split split(String message) throws IOException {
    return Splits.of(Splits.bytes(message), Splits.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void leafShouldEndBeforeTheLineEndOfTheDelimiter(String eol) throws IOException {
    String message =
        MIXED.replace("\n", eol)
            + String.join(
                eol, "preamble", "--b", "", "one", "", "--b", "A: b", "", "two", "--b--", "");
    assertEquals(List.of("one" + eol, "two"), leaves(message));
  }

  @Test
  void bareCarriageReturnsShouldEndNoLine() throws IOException {
    assertEquals(List.of("a\r--b\rc\r"), leaves(MIXED + "--b\n\na\r--b\rc\r\r\n--b--"));
  }

  @Test
  void mixedLineEndsShouldDo() throws IOException {
    assertEquals(List.of("one", "two"), leaves(MIXED + "--b\r\n\none\r\n--b\n\r\ntwo\n--b--\r\n"));
  }

  @Test
  void headerShouldEndWithItsBlankLine() throws IOException {
    assertEquals(8, split("A: b\r\n\r\nbody").headLength());
    assertEquals(1, split("\nbody").headLength());
    assertEquals(5, split("A: b\n").headLength());
  }

  @Test
  void fieldsOfThePartShouldBeRead() throws IOException {
    String message =
        MIXED
            + "--b\nContent-TYPE : Image/PNG;\n name*0*=UTF-8''%e2%82%ac; name*1=.png\n"
            + "content-transfer-encoding: BASE64 (really)\n\nQUJD\n--b--\n";
    Part part = split(message).parts().get(0);
    assertEquals("image/png", part.mediaType());
    assertEquals(Optional.of("€.png"), part.fileName());
    assertTrue(part.base64());
  }

  @Test
  void dispositionShouldNameThePartBeforeItsType() throws IOException {
    String fields =
        """
        Content-Type: a/b; name=type
        Content-Disposition: attachment; filename="=?utf-8?q?=C3=A9?= x"

        """;
    assertEquals(Optional.of("é x"), split(fields + "body").parts().get(0).fileName());
  }

  @Test
  void namesShouldBeCut() throws IOException {
    String name = "x".repeat(10_000);
    Part part = split("Content-Disposition: a; filename=" + name + "\n\nbody").parts().get(0);
    assertEquals(Optional.of("x".repeat(255)), part.fileName());
  }

  @Test
  void firstFieldOfANameShouldCount() throws IOException {
    String message = "Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 8bit\n\nQUJD";
    assertTrue(split(message).parts().get(0).base64());
  }

  @Test
  void nestedMultipartsShouldBeLookedInto() throws IOException {
    String inner = "Content-Type: multipart/related; boundary=\"b b\"\n\n--b b\n\none\n--b b--\n";
    assertEquals(
        List.of("one", "two"), leaves(MIXED + "--b\n" + inner + "epilogue\n--b\n\ntwo\n--b--\n"));
  }

  @Test
  void delimiterOfTheParentShouldEndTheChild() throws IOException {
    String inner = "Content-Type: multipart/mixed; boundary=c\n\n--c\n\none\n";
    assertEquals(List.of("one", "two"), leaves(MIXED + "--b\n" + inner + "--b\n\ntwo"));
  }

  @Test
  void boundaryThatStartsAnotherShouldNotEndIt() throws IOException {
    String inner = "Content-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n";
    assertEquals(List.of("one", "two"), leaves(MIXED + "--b\n" + inner + "--b\n\ntwo\n--b--\n"));
    String dashes = "Content-Type: multipart/mixed; boundary=b--\n\n--b--\n\none\n--b----\n";
    assertEquals(List.of("one", "two"), leaves(MIXED + "--b\n" + dashes + "--b\n\ntwo"));
  }

  @Test
  void delimiterShouldBearBlanksAndTextBehindIt() throws IOException {
    assertEquals(
        List.of("one", "two"), leaves(MIXED + "--b \t \n\none\n--b ignored\n\ntwo\n--b-- end\nx"));
    assertEquals(List.of("one\n--bc\n--b-x"), leaves(MIXED + "--b\n\none\n--bc\n--b-x\n--b--"));
  }

  @Test
  void multipartWithoutBoundaryOrDelimiterShouldBeOneLeaf() throws IOException {
    assertEquals(List.of("--b\n\none\n"), leaves("Content-Type: multipart/mixed\n\n--b\n\none\n"));
    assertEquals(List.of("--c\n\none\n"), leaves(MIXED + "--c\n\none\n"));
    assertEquals(
        List.of("text", "two"),
        leaves(MIXED + "--b\n" + MIXED.replace("=b", "=c") + "text\n--b\n\ntwo\n--b--"));
  }

  @Test
  void encodedMultipartShouldStillBeLookedInto() throws IOException {
    assertEquals(
        List.of("one"),
        leaves("Content-Transfer-Encoding: base64\n" + MIXED + "--b\n\none\n--b--"));
  }

  @Test
  void embeddedMessageShouldBeLookedIntoUnlessEncoded() throws IOException {
    String embedded = "Subject: x\n\ntext";
    String plain = "Content-Type: message/rfc822\n\n" + embedded;
    assertEquals(List.of("text"), leaves(plain));
    assertEquals(List.of(embedded), leaves("Content-Transfer-Encoding: base64\n" + plain));
    assertEquals(
        List.of(embedded), leaves("Content-Transfer-Encoding: quoted-printable\n" + plain));
  }

  @Test
  void partsOfADigestShouldBeMessages() throws IOException {
    String digest = MIXED.replace("mixed", "digest");
    assertEquals(List.of("text"), leaves(digest + "--b\n\nSubject: x\n\ntext\n--b--"));
  }

  @Test
  void delimiterInAHeaderShouldEndThePart() throws IOException {
    assertEquals(List.of("two"), leaves(MIXED + "--b\nContent-Type: a/b\n--b\n\ntwo\n--b--"));
  }

  @Test
  void textWithoutAnyHeaderShouldBeOneLeaf() throws IOException {
    Split split = split("no header here\n\nnor there\n");
    assertEquals(0, split.headLength());
    assertEquals(new Part(0, 26, false, "text/plain", Optional.empty()), split.parts().get(0));
  }

  @Test
  void strayLinesMayStandBeforeTheHeader() throws IOException {
    assertEquals(List.of("body"), leaves("From a@b Mon\nSubject: x\n\nbody"));
    assertEquals(List.of("body"), leaves("POST / HTTP/1.1\r\nHost: x\r\n\r\nbody"));
  }

  @Test
  void emptyMessageShouldHaveNothing() throws IOException {
    assertEquals(new Split(0, 0, List.of(), Map.of()), split(""));
  }

  @Test
  void shortPartsShouldBeCountedAsSuch() throws IOException {
    int longest = SplitLimits.DEFAULT.minText() - 1;
    String message = "A: b\n\n" + "x".repeat(longest);
    Split split = Splits.of(Splits.bytes(message), SplitLimits.DEFAULT);
    assertEquals(
        Map.of(Unshared.STRUCTURE, 6L, Unshared.SMALL_PART, (long) longest), split.unshared());
    assertEquals(1, Splits.of(Splits.bytes(message + "x"), SplitLimits.DEFAULT).parts().size());
  }

  @Test
  void whatLiesBeyondTheDepthShouldBeOneLeaf() throws IOException {
    String message = MIXED + "--b\nContent-Type: message/rfc822\n\nA: b\n\ntext\n--b--";
    SplitLimits one = new SplitLimits(1, 1, 1, 10);
    assertEquals(
        List.of("A: b\n\ntext"), Splits.texts(Splits.of(Splits.bytes(message), one), message));
    Split small = Splits.of(Splits.bytes(message), new SplitLimits(1, 100, 1, 10));
    assertEquals(10L, small.unshared().get(Unshared.BEYOND_LIMIT));
  }

  @Test
  void partsBeyondTheirNumberShouldBeLiteral() throws IOException {
    String message = MIXED + "--b\n\none\n--b\n\ntwo\n--b\n\nthree\n--b--";
    Split split = Splits.of(Splits.bytes(message), new SplitLimits(1, 1, 10, 2));
    assertEquals(List.of("one", "two"), Splits.texts(split, message));
    assertEquals(5L, split.unshared().get(Unshared.BEYOND_LIMIT));
  }

  @Test
  void longStructureShouldBecomeAPart() throws IOException {
    String preamble = "x".repeat(Coverage.LONGEST_RUN + 1) + "\n";
    Split split = split(MIXED + preamble + "--b\n\none\n--b--");
    assertEquals(2, split.parts().size());
    assertEquals(split.headLength(), split.parts().get(0).start());
    assertEquals("application/octet-stream", split.parts().get(0).mediaType());
    assertFalse(split.parts().get(0).base64());
  }
}
