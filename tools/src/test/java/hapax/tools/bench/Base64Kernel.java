package hapax.tools.bench;

import hapax.mime.ByteSource;
import hapax.mime.Part;
import hapax.mime.PartReader;
import hapax.mime.PartReader.Reading;
import hapax.mime.Shape;
import hapax.mime.TextRoom;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;
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

/**
 * How fast is base64 text taken apart and put together again? A million bytes of content a call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Base64Kernel {
  static final int CONTENT = 1_000_000;

  /** Characters a line; 0 is one line of all. */
  @Param({"76", "60", "0"})
  public int width;

  private final PartReader reader = new PartReader();
  private final TextRoom room = new TextRoom();
  private byte[] content;
  private ByteSource source;
  private Part part;
  private Shape shape;

  @Setup
  public void encode() throws IOException {
    content = new byte[CONTENT];
    new SplittableRandom(1).nextBytes(content);
    byte[] text =
        width == 0
            ? Base64.getEncoder().encode(content)
            : Base64.getMimeEncoder(width, new byte[] {'\r', '\n'}).encode(content);
    source = ByteSource.of(text, text.length);
    part = new Part(0, text.length, true, "application/pdf", Optional.empty());
    shape = ((Reading.Shaped) decode()).shape();
  }

  /** Content and shape from text. */
  @Benchmark
  public Reading decode() throws IOException {
    return reader.read(source, part, OutputStream.nullOutputStream());
  }

  /** Text from content and shape. */
  @Benchmark
  public void encodeAgain() throws IOException {
    try (OutputStream text = shape.writer(CONTENT, OutputStream.nullOutputStream(), room)) {
      text.write(content, 0, CONTENT);
    }
  }
}
