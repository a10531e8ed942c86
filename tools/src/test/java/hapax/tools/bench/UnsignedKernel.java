package hapax.tools.bench;

import static java.util.Objects.requireNonNull;

import hapax.mime.ByteSource;
import hapax.reconstruct.signature.Keys;
import hapax.reconstruct.signature.SignatureCheck;
import hapax.reconstruct.signature.SignatureSieve;
import hapax.reconstruct.signature.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.dom.Header;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How much dearer is the check of a message that nobody signed than the parsing of its headers? The
 * yardsticks are the check of the same message without its body, and Mime4j.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UnsignedKernel {
  private static final int MESSAGES = 16;
  private static final String HEADER =
      """
      Return-Path: <ann@office.example>
      Received: from mx1.office.example (mx1.office.example [192.0.2.7])
      \tby mail.office.example (Postfix) with ESMTPS id 4XB2cK1d3Fz
      \tfor <bob@office.example>; Mon, 25 May 2026 10:00:00 +0000 (UTC)
      From: Ann <ann@office.example>
      To: Bob <bob@office.example>
      Subject: The plan for the coming week, number %d
      Date: Mon, 25 May 2026 10:00:00 +0000
      Message-ID: <%d.4711@office.example>
      MIME-Version: 1.0
      """;
  private static final Pattern PART_HEADER = Pattern.compile("\\n--=_.*\\n((?:.+\\n)+\\n)");
  private static final String[] WORDS =
      "please find the plan for coming week below - with all that was said and done".split(" ", -1);

  /** A text, the same as text and HTML, and a text with an attachment of 100 kB. */
  @Param({"text", "alternative", "attachment"})
  public String kind;

  private final SignatureCheck check = new SignatureCheck(Keys.none(), Clock.systemUTC());
  private final ByteSource[] messages = new ByteSource[MESSAGES];
  private final ByteSource[] headers = new ByteSource[MESSAGES];
  private final byte[][] plainHeaders = new byte[MESSAGES][];
  private final byte[][] plainMessages = new byte[MESSAGES][];
  private final byte[][][] allHeaders = new byte[MESSAGES][][];
  private @Nullable StoredMail stored;
  private @Nullable SignatureSieve sieve;
  private int next;

  @Setup
  public void make() throws IOException {
    Random random = new Random(5322);
    for (int i = 0; i < MESSAGES; i++) {
      String message = HEADER.formatted(i, i) + body(random);
      messages[i] = source(message);
      plainMessages[i] = message.getBytes(StandardCharsets.US_ASCII);
      String header = message.substring(0, message.indexOf("\n\n") + 2);
      headers[i] = source(header);
      plainHeaders[i] = header.getBytes(StandardCharsets.US_ASCII);
      allHeaders[i] = allHeaders(message, header);
    }
    stored = new StoredMail(plainMessages);
    sieve = new SignatureSieve(stored.reader());
  }

  @TearDown
  public void drop() throws IOException {
    requireNonNull(stored).close();
  }

  /** The header and what stands between a boundary line and a blank line. */
  private static byte[][] allHeaders(String message, String header) {
    return Stream.concat(
            Stream.of(header), PART_HEADER.matcher(message).results().map(found -> found.group(1)))
        .map(text -> text.getBytes(StandardCharsets.US_ASCII))
        .toArray(byte[][]::new);
  }

  private String body(Random random) {
    String plain = "Content-Type: text/plain; charset=utf-8\n\n";
    if (kind.equals("text")) {
      return plain + text(random, 2_500);
    }
    boolean both = kind.equals("alternative");
    String boundary = "=_" + random.nextLong();
    return "Content-Type: multipart/%s; boundary=\"%s\"\n\n--%2$s\n%s%s\n--%2$s\n%s\n--%2$s--\n"
        .formatted(
            both ? "alternative" : "mixed",
            boundary,
            plain,
            text(random, 1_200),
            both ? "Content-Type: text/html\n\n" + text(random, 1_200) : attachment());
  }

  private static String attachment() {
    return "Content-Type: application/pdf; name=plan.pdf\nContent-Transfer-Encoding: base64\n\n"
        + ("JVBERi0xLjQKJcOkw7zDtsOf".repeat(3) + "JVBE\n").repeat(1_300);
  }

  private static String text(Random random, int length) {
    StringBuilder out = new StringBuilder();
    while (out.length() < length) {
      out.append(WORDS[random.nextInt(WORDS.length)]);
      out.append(random.nextInt(12) == 0 ? '\n' : ' ');
    }
    return out.toString();
  }

  private static ByteSource source(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
    return ByteSource.of(bytes, bytes.length);
  }

  /** The parsing of the header alone by Mime4j, which leaves the values of fields for later. */
  @Benchmark
  public Header headerByMime4j() throws IOException {
    return new DefaultMessageBuilder().parseHeader(new ByteArrayInputStream(plainHeaders[step()]));
  }

  private int step() {
    next = (next + 1) % MESSAGES;
    return next;
  }

  /** The parsing of the message's header and its parts', which are given without their bodies. */
  @Benchmark
  public void allHeadersByMime4j(Blackhole sink) throws IOException {
    for (byte[] header : allHeaders[step()]) {
      sink.consume(new DefaultMessageBuilder().parseHeader(new ByteArrayInputStream(header)));
    }
  }

  /** The same by Mime4j's walk over the message, which finds the parts by itself. */
  @Benchmark
  public int partsByMime4j() throws IOException, MimeException {
    MimeTokenStream tokens = new MimeTokenStream();
    tokens.parse(new ByteArrayInputStream(plainMessages[step()]));
    int fields = 0;
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = tokens.next()) {
      fields += state == EntityState.T_FIELD ? 1 : 0;
    }
    return fields;
  }

  /** The check. */
  @Benchmark
  public List<Verdict> message() throws IOException {
    return check.check(messages[step()]);
  }

  /** What is done instead with the record of a stored message, once that is read. */
  @Benchmark
  public boolean record() throws IOException {
    return requireNonNull(sieve).canBeSigned(requireNonNull(stored).record(step()));
  }

  /** The same on the header alone. */
  @Benchmark
  public List<Verdict> headerAlone() throws IOException {
    return check.check(headers[step()]);
  }
}
