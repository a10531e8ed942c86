package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages made to hurt. Each takes less than a second of processor time. */
class HostileMessageTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static String times(int count, IntFunction<String> piece) {
    return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining());
  }

  private static Split split(String message) throws IOException {
    byte[] bytes = Splits.bytes(message);
    long start = THREADS.getCurrentThreadCpuTime();
    Split split = splitOf(ByteSource.of(bytes, bytes.length));
    long spent = THREADS.getCurrentThreadCpuTime() - start;
    Splits.check(split, bytes);
    assertTrue(spent < LIMIT.toNanos(), spent + " ns");
    return split;
  }

  private static String multipart(String boundary) {
    return "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }

  @Test
  void tenThousandNestedMultiparts() throws IOException {
    Split split = split(times(10_000, i -> multipart("b" + i)) + "\ntext\n");
    assertEquals(1, split.parts().size());
  }

  @Test
  void tenThousandNestedMultipartsThatAllEnd() throws IOException {
    split(
        times(10_000, i -> multipart("b" + i)) + times(10_000, i -> "--b" + (9_999 - i) + "--\n"));
  }

  @Test
  void twoHundredThousandParts() throws IOException {
    Split split = split(multipart("b") + times(200_000, i -> "\npart " + i + "\n--b\n"));
    assertEquals(1, split.parts().size());
  }

  @Test
  void twentyThousandLargeParts() throws IOException {
    String body = "x".repeat(9_000);
    Split split = split(multipart("b") + times(20_000, i -> "\n" + body + "\n--b\n"));
    assertEquals(10_001, split.parts().size());
  }

  @Test
  void partsWithALittleLessThanTheShortestCutBetweenThem() throws IOException {
    String body = "x".repeat(9_000);
    String field = "X: " + "y".repeat(990) + "\n\n";
    Split split = split(multipart("b") + times(9_000, i -> field + body + "\n--b\n"));
    assertEquals(1, split.parts().size());
    assertEquals(0, split.headLength());
  }

  @Test
  void headerLineOfAMegabyte() throws IOException {
    split("Subject: " + "x".repeat(1 << 20) + "\n\nbody");
    split("Content-Type: " + "x".repeat(1 << 20) + "\n\nbody");
    split("Content-Type: multipart/mixed; boundary=" + "x".repeat(1 << 20) + "\n\nbody");
    split("Content-Disposition: a; filename=" + "=?utf-8?q?=C3=A9?= ".repeat(50_000) + "\n\nbody");
  }

  @Test
  void hundredThousandHeaderFields() throws IOException {
    split(times(100_000, i -> "X-" + i + ": value\n") + "\nbody");
    split(times(100_000, i -> "Content-Type: a/b; x=" + i + "\n") + "\nbody");
    split("Content-Type: a/b" + times(100_000, i -> ";\n p" + i + "=\"v\"") + "\n\nbody");
  }

  @Test
  void fiftyThousandNestedMessages() throws IOException {
    Split split = split("Content-Type: message/rfc822\n\n".repeat(50_000) + "text");
    assertEquals(1, split.parts().size());
  }

  @Test
  void millionLinesThatLookLikeDelimiters() throws IOException {
    String nest = times(100, i -> multipart("boundary-" + i));
    split(nest + "\n" + times(1_000_000, i -> "--boundary\n"));
    split(nest + "\n" + "-----------\n".repeat(1_000_000));
    split(nest + "\n" + "--boundary-99x\n".repeat(1_000_000));
  }

  @Test
  void boundaryOfOneCharacterAtDepthHundred() throws IOException {
    String nest = times(100, i -> multipart("-"));
    split(nest + "\n" + "--- -\n".repeat(1_000_000));
    split(nest + "\n" + "-".repeat(10_000_000));
    split(times(100, i -> multipart("b")) + "\n" + "--b --b\n--bb\n".repeat(500_000));
  }

  @Test
  void endlessHeaderAndNothingButBlanks() throws IOException {
    split("A: b\n".repeat(1_000_000));
    split(" ".repeat(5_000_000));
    split("\r".repeat(5_000_000));
    split("\0".repeat(5_000_000));
    split("A:" + "\n ".repeat(2_000_000));
    split(multipart("b") + "\n--b" + " ".repeat(5_000_000) + "\nx");
  }

  @Test
  void randomBytesShouldBeAccountedFor() throws IOException {
    Random random = new Random(81);
    for (int round = 0; round < 3000; round++) {
      byte[] message = new byte[random.nextInt(600)];
      random.nextBytes(message);
      Splits.of(message, Splits.ALL);
    }
  }

  @Test
  void shuffledLinesOfMailShouldBeAccountedForInChunksOfAnySize() throws IOException {
    List<String> lines =
        List.of(
            "\n",
            "\r\n",
            "--b\n",
            "--b--\n",
            "--c\r\n",
            "--c--\n",
            "--",
            "-",
            "text\n",
            "\0\r",
            "Content-Type: multipart/mixed; boundary=b\n",
            "Content-Type: message/rfc822\n",
            "Content-Type: multipart/digest;\n boundary=\"c\"\n",
            "Content-Transfer-Encoding: base64\n",
            "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\n\n",
            "QUJDQUJD\n",
            " folded\n");
    Random random = new Random(82);
    for (int round = 0; round < 3000; round++) {
      String text = times(random.nextInt(40), i -> lines.get(random.nextInt(lines.size())));
      byte[] message = Splits.bytes(text);
      Split whole = Splits.of(message, Splits.ALL);
      ByteSource chunked = new ChunkedSource(message, 1 + random.nextInt(5));
      assertEquals(whole, new MessageSplitter(Splits.ALL).split(chunked), text);
    }
  }

  @Test
  void longMessagesInChunksShouldSplitAlike() throws IOException {
    Random random = new Random(83);
    String filler = "-".repeat(200) + "\n" + "x".repeat(150) + "\n--b\n--bo--\n";
    for (int round = 0; round < 8; round++) {
      String body = times(3000, i -> filler.substring(random.nextInt(filler.length())));
      byte[] message = Splits.bytes(multipart("b") + multipart("bo") + body);
      Split whole = Splits.of(message, Splits.ALL);
      ByteSource chunked = new ChunkedSource(message, 4096 + round);
      assertEquals(whole, new MessageSplitter(Splits.ALL).split(chunked));
    }
  }

  @Test
  void gigabyteShouldNotBeHeldInMemory() {
    Split split = assertTimeout(Duration.ofSeconds(20), () -> splitOf(new Gigabyte()));
    assertTrue(split.parts().size() == 1 && split.parts().get(0).length() > 1 << 29);
  }

  private static Split splitOf(ByteSource message) throws IOException {
    return new MessageSplitter(SplitLimits.DEFAULT).split(message);
  }

  /** A gibibyte of base64 in a multipart; much more than the tests' heap. */
  private static final class Gigabyte implements ByteSource {
    private final byte[] start = Splits.bytes(multipart("b") + "\n");
    private final byte[] line = Splits.bytes("QUJDREVG".repeat(9) + "ABCDEFG\n");

    @Override
    public long length() {
      return 1 << 30;
    }

    @Override
    public void copyTo(long from, long to, OutputStream sink) throws IOException {
      for (long at = from; at < to; ) {
        boolean first = at < start.length;
        byte[] piece = first ? start : line;
        int offset = (int) (first ? at : (at - start.length) % line.length);
        int length = (int) Math.min(piece.length - offset, to - at);
        sink.write(Arrays.copyOfRange(piece, offset, offset + length));
        at += length;
      }
    }
  }
}
