package hapax.tools.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What this machine can do at best, measured in the same run: a rate says little without it.
 *
 * @param appendMegabytes MB/s of appending to one file, synced once at the end
 * @param syncMillis milliseconds of appending 4 KiB and syncing, the median
 * @param sha256Megabytes MB/s of one thread's SHA-256
 * @param copyMegabytes MB/s of copying the mail file by file
 * @param readMegabytes MB/s of reading the mail file by file with SHA-256 of each
 */
public record MachineLimits(
    double appendMegabytes,
    double syncMillis,
    double sha256Megabytes,
    double copyMegabytes,
    double readMegabytes) {
  private static final int CHUNK = 1 << 20;
  private static final int CHUNKS = 256;
  private static final int SYNCS = 51;

  /** Measures in a folder, with the mail in {@code tree}. */
  public static MachineLimits measure(Path folder, Path tree, long bytes) throws IOException {
    return new MachineLimits(
        append(folder.resolve("append")),
        sync(folder.resolve("sync")),
        sha256(),
        rate(bytes, () -> copy(tree, folder.resolve("copy"))),
        rate(bytes, () -> digest(tree)));
  }

  /** Work to be timed. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static double rate(long bytes, Work work) throws IOException {
    long start = System.nanoTime();
    work.run();
    return bytes * 1e3 / (System.nanoTime() - start);
  }

  private static double append(Path file) throws IOException {
    byte[] chunk = new byte[CHUNK];
    new SplittableRandom(7).nextBytes(chunk);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      return rate(
          (long) CHUNK * CHUNKS,
          () -> {
            for (int i = 0; i < CHUNKS; i++) {
              write(channel, ByteBuffer.wrap(chunk));
            }
            channel.force(false);
          });
    } finally {
      Files.delete(file);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static double sync(Path file) throws IOException {
    double[] millis = new double[SYNCS];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long start = System.nanoTime();
        write(channel, ByteBuffer.allocate(4096));
        channel.force(false);
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    } finally {
      Files.delete(file);
    }
    Arrays.sort(millis);
    return millis[SYNCS / 2];
  }

  private static double sha256() throws IOException {
    byte[] chunk = new byte[CHUNK];
    MessageDigest digest = digest();
    for (int i = 0; i < CHUNKS; i++) {
      digest.update(chunk);
    }
    return rate(
        (long) CHUNK * CHUNKS,
        () -> {
          for (int i = 0; i < CHUNKS; i++) {
            digest.update(chunk);
          }
        });
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void digest(Path tree) throws IOException {
    MessageDigest digest = digest();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        digest.digest(Files.readAllBytes(file));
      }
    }
  }
}
