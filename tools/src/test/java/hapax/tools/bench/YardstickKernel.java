package hapax.tools.bench;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What can this machine do at best? A million bytes a call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class YardstickKernel {
  private byte[] content;
  private MessageDigest sha256;

  @Setup
  public void fill() throws NoSuchAlgorithmException {
    content = new byte[Base64Kernel.CONTENT];
    new SplittableRandom(1).nextBytes(content);
    sha256 = MessageDigest.getInstance("SHA-256");
  }

  /** The digest that every message needs. */
  @Benchmark
  public byte[] sha256() {
    return sha256.digest(content);
  }

  /** The least that can be done to bytes. */
  @Benchmark
  public byte[] copy() {
    return Arrays.copyOf(content, content.length);
  }
}
