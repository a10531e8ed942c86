package hapax.sync.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MboxSourceTest {
  private static final String FROM = "From joe@example.org Thu Jan  2 03:04:05 2003\n";

  @TempDir Path root;

  private Read read(String text) throws IOException {
    return Read.of("mbox:" + Read.write(root.resolve("box"), text));
  }

  private List<String> texts(String text) throws IOException {
    return read(text).texts("box");
  }

  @Test
  void messagesShouldBeWhatIsBetweenFromLinesWithoutTheBlankLine() throws IOException {
    assertEquals(
        List.of("A: 1\n\nbody\n", "B: 2\n\nbody\n\n"),
        texts(FROM + "A: 1\n\nbody\n\n" + FROM + "B: 2\n\nbody\n\n\n"));
  }

  @Test
  void crlfShouldBeKept() throws IOException {
    String from = FROM.replace("\n", "\r\n");
    assertEquals(
        List.of("A: 1\r\n\r\nbody\r\n", "B: 2\r\n\r\nx\r\n"),
        texts(from + "A: 1\r\n\r\nbody\r\n\r\n" + from + "B: 2\r\n\r\nx\r\n\r\n"));
  }

  @Test
  void missingBlankLineShouldTakeNothingFromTheMessage() throws IOException {
    assertEquals(
        List.of("A: 1\n\nx\n", "B: 2\n\ny\n"), texts(FROM + "A: 1\n\nx\n" + FROM + "B: 2\n\ny\n"));
  }

  @Test
  void emptyMessagesShouldBeMessages() throws IOException {
    assertEquals(List.of("", "", "x\n"), texts(FROM + "\n" + FROM + FROM + "x\n"));
  }

  @Test
  void mboxoShouldStayAsItStands() throws IOException {
    String body = "A: 1\n\n>From here\n> From\n";
    assertEquals(List.of(body), texts(FROM + body + "\n"));
  }

  @Test
  void mboxrdShouldLoseOneAngleWhereTheFileShowsIt() throws IOException {
    assertEquals(
        List.of("A: 1\n\n>From here\nFrom there\n", "B: 2\n\nFrom\n"),
        texts(FROM + "A: 1\n\n>>From here\n>From there\n\n" + FROM + "B: 2\n\nFrom\n"));
  }

  @Test
  void mboxrdShouldLoseOneAngleWhenTold() throws IOException {
    Path file = Read.write(root.resolve("b.mboxrd"), FROM + "A: 1\n\n>From here\n\n");
    assertEquals(List.of("A: 1\n\nFrom here\n"), Read.of("mboxrd:" + file).texts("b"));
  }

  @Test
  void mboxrdShouldLoseOneAngleWhenItsFromLineSaysSo() throws IOException {
    assertEquals(
        List.of("A: 1\n\nFrom here\n"),
        texts("From mboxrd@z Thu Jan  1 00:00:00 2004\nA: 1\n\n>From here\n\n"));
  }

  @Test
  void contentLengthShouldBeFollowedWhereItLeadsToAFromLine() throws IOException {
    String body = "one\n\n" + FROM + "two\n";
    String message = "Content-Length: " + body.length() + "\n\n" + body;
    assertEquals(List.of(message, "B: 2\n\n"), texts(FROM + message + "\n" + FROM + "B: 2\n\n\n"));
    assertEquals(List.of(message), texts(FROM + message));
  }

  @ParameterizedTest
  @CsvSource({"0", "5", "1000000", "-1", "99999999999999999999", "x"})
  void contentLengthThatLiesShouldBeIgnored(String length) throws IOException {
    String message = "Content-Length: " + length + "\n\none\ntwo\n";
    assertEquals(List.of(message, "B: 2\n"), texts(FROM + message + "\n" + FROM + "B: 2\n"));
  }

  @Test
  void proseThatStartsWithFromShouldNotBeASeparator() throws IOException {
    String message = "A: 1\n\nhello\n\nFrom here on it gets better.\n";
    assertEquals(List.of(message), texts(FROM + message + "\n"));
  }

  @Test
  void fromLinesWithoutDatesShouldSeparateAfterABlankLineWhereTheFirstHasNone() throws IOException {
    assertEquals(
        List.of("A: 1\n\nx\nFrom y\n", "B: 2\n"),
        texts("From joe\nA: 1\n\nx\nFrom y\n\nFrom ann\nB: 2\n"));
  }

  @Test
  void mboxCutInTheMiddleShouldGiveWhatThereIsAndSaySo() throws IOException {
    Read read = read(FROM + "A: 1\n\nx\n\n" + FROM + "B: 2\n\nhalf a li");
    assertEquals(List.of("A: 1\n\nx\n", "B: 2\n\nhalf a li"), read.texts("box"));
    assertEquals(1, read.failed.size());
    assertTrue(read.failed.get(0).contains("ends in the middle of a line"), read.failed.get(0));
  }

  @Test
  void whatIsNoMboxShouldBeSaid() throws IOException {
    Read read = read("junk\n" + FROM + "A: 1\n");
    assertEquals(List.of("A: 1\n"), read.texts("box"));
    assertTrue(
        read.failed.get(0).contains("expected \"From \", found 5 bytes"), read.failed.get(0));
  }

  @Test
  void flagsShouldBeReadAndBytesKept() throws IOException {
    String message =
        "Subject: x\nStatus: RO\nX-Status: AF\nX-Keywords: work\n  $Junk \nX-UID: 3\n\nStatus: T\n";
    Read.Message read = read(FROM + message + "\n").folders.get("box").get(0);
    assertEquals(message, read.text());
    assertEquals(
        Optional.of(Set.of("\\Seen", "\\Answered", "\\Flagged", "work", "$Junk")), read.flags());
    assertEquals(Optional.empty(), read(FROM + "A: 1\n").folders.get("box").get(0).flags());
  }

  @Test
  void flagsOfThunderbirdShouldBeRead() throws IOException {
    Read read =
        read(
            "From - Thu Jan  2 03:04:05 2003\nX-Mozilla-Status: 1003\nX-Mozilla-Keys: $label1  \n\n");
    assertEquals(
        Optional.of(Set.of("\\Seen", "\\Answered", "$Forwarded", "$label1")),
        read.folders.get("box").get(0).flags());
  }

  @Test
  void statusLinesShouldNotCountInWhatNamesAMessage() throws IOException {
    assertEquals(core("A: 1\n\nx\n"), core("A: 1\nStatus: RO\n\nx\n"));
    assertEquals(core("A: 1\n\nx\n"), core("X-Keywords: a\n b\nA: 1\nX-Status: F\n\nx\n"));
    assertTrue(!core("A: 1\n\nx\n").equals(core("A: 1\n\nStatus: R\n")));
  }

  private List<Byte> core(String message) throws IOException {
    Path file = Read.write(root.resolve("core"), FROM + message + "\n");
    List<Byte> digest = new java.util.ArrayList<>();
    new MboxFolder(file, List.of(), false)
        .messages(
            run -> {
              for (byte b : run.get(0).load(new LoadBuffer()).coreDigest()) {
                digest.add(b);
              }
            },
            new Read());
    return digest;
  }

  @ParameterizedTest
  @CsvSource({
    "From a@b Thu Jan  2 03:04:05 2003, 2003-01-02T03:04:05Z",
    "From a@b Thu Jan  2 03:04 2003, 2003-01-02T03:04:00Z",
    "From a@b Thu Jan  2 03:04:05 2003 +0100, 2003-01-02T02:04:05Z",
    "From a@b Thu Jan  2 03:04:05 -0530 2003, 2003-01-02T08:34:05Z",
    "From a@b Thu Jan  2 03:04:05 MET DST 2003 remote from x, 2003-01-02T03:04:05Z",
    "'From a@b Thu, 2 Jan 2003 03:04:05 +0000 (UTC)', 2003-01-02T03:04:05Z",
    "From - Thu Jan 02 03:04:05 2003, 2003-01-02T03:04:05Z",
    "From May Thu Jan 02 03:04:05 2003, 2003-01-02T03:04:05Z",
    "From  Thu Jan 02 03:04:05 2003, 2003-01-02T03:04:05Z"
  })
  void datesShouldBeReadHoweverTheyAreWritten(String line, Instant date) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(Optional.of(date), FromLine.parse(bytes, 0, bytes.length).date());
  }

  @Test
  void dateShouldBeThatOfTheFileWhereTheLineHasNone() throws IOException {
    Path file = Read.write(root.resolve("box"), "From joe\nA: 1\n");
    Instant date = Instant.parse("2001-02-03T04:05:06.789Z");
    Files.setLastModifiedTime(file, FileTime.from(date));
    assertEquals(date, Read.of("mbox:" + file).folders.get("box").get(0).date());
  }

  @Test
  void longLinesAndSmallWindowsShouldChangeNothing() throws IOException {
    String long1 = "A: " + "x".repeat(3000) + "\n\n" + "y".repeat(5000) + "\n\nz\n";
    String body = "z".repeat(4000) + "\n\n" + FROM + "\n";
    String long2 = "Content-Length: " + body.length() + "\n\n" + body;
    Path file =
        Read.write(
            root.resolve("box"), FROM + long1 + "\n" + FROM + long2 + "\n" + FROM + "B: 2\n");
    MboxIndex whole = MboxScanner.scan(file);
    for (int size = 1100; size < 1400; size++) {
      try (LineWindow window = new LineWindow(file, size)) {
        MboxIndex index = MboxScanner.scan(window);
        assertEquals(3, index.count());
        for (int n = 0; n < 3; n++) {
          assertEquals(whole.start(n), index.start(n), "window of " + size);
          assertEquals(whole.end(n), index.end(n), "window of " + size);
        }
      }
    }
    assertEquals(List.of(long1, long2, "B: 2\n"), Read.of("mbox:" + file).texts("box"));
  }

  @Test
  void messagesTooLongForMemoryShouldBeStreamed() throws IOException {
    String line = "0123456789".repeat(7) + "\n";
    String body = line.repeat(130_000);
    Read read =
        read(
            FROM
                + "Status: R\n\n"
                + body
                + "\nFrom mboxrd@z Thu Jan  1 00:00:00 2004\nB: 2\n\n"
                + body
                + ">From x\n\n");
    assertEquals("Status: R\n\n" + body, read.texts("box").get(0));
    assertEquals("B: 2\n\n" + body + "From x\n", read.texts("box").get(1));
    assertEquals(Optional.of(Set.of("\\Seen")), read.folders.get("box").get(0).flags());
  }
}
