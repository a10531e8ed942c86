package hapax.tools.bench;

import hapax.mime.ByteSource;
import hapax.mime.MessageSplitter;
import hapax.mime.Split;
import hapax.mime.SplitLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

/** How fast are the parts of a message found? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SplitKernel {
  /** Length of the message's one attachment; without one it is 2 KB of text. */
  @Param({"0", "100000", "10000000"})
  public int attachment;

  private final MessageSplitter splitter = new MessageSplitter(SplitLimits.DEFAULT);
  private ByteSource message;

  @Setup
  public void write() {
    SplittableRandom random = new SplittableRandom(1);
    Prose prose = new Prose(random);
    List<Attachment> files = new ArrayList<>();
    if (attachment > 0) {
      files.add(new Attachment(1, "plan.pdf", "application/pdf", attachment, 0.1));
    }
    Letter letter =
        new Letter(
            "a@office.example",
            "Plan",
            "Mon, 2 Mar 2026 08:14:31 +0100",
            "text/plain",
            prose.lines(random, 2_000, ""),
            files,
            MailProgram.USUAL,
            1);
    byte[] bytes = letter.deliveredTo("user1", random).getBytes(StandardCharsets.UTF_8);
    message = ByteSource.of(bytes, bytes.length);
  }

  /** Ranges of all parts. */
  @Benchmark
  public Split split() throws IOException {
    return splitter.split(message);
  }
}
