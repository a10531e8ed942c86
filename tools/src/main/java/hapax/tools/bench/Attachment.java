package hapax.tools.bench;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A file that is sent around: the same seed gives the same content.
 *
 * @param name its usual name
 * @param type its media type
 * @param length its length in bytes
 * @param looseness share of it, 0 to 1, that a compressor can make smaller
 */
record Attachment(long seed, String name, String type, int length, double looseness) {
  private static final double USUAL_LENGTH = 60_000;
  private static final double SPREAD = 1.1;
  private static final int LENGTH_MOST = 6_000_000;
  private static final int RUN = 4_096;

  /** A file of a kind and length that offices send. */
  static Attachment any(SplittableRandom random, Prose prose) {
    String stem = prose.word(random) + "-" + random.nextInt(10_000);
    int length = (int) Math.min(LENGTH_MOST, USUAL_LENGTH * Math.exp(SPREAD * gaussian(random)));
    long seed = random.nextLong();
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> new Attachment(seed, stem + ".pdf", "application/pdf", length, 0.12);
      case 4, 5, 6 -> new Attachment(seed, stem + ".jpg", "image/jpeg", length, 0.01);
      case 7, 8 -> new Attachment(seed, stem + ".zip", "application/zip", length, 0.02);
      default -> new Attachment(seed, stem + ".csv", "text/csv", length, 1);
    };
  }

  /** A company's or newsletter's picture. */
  static Attachment logo(SplittableRandom random) {
    return new Attachment(
        random.nextLong(), "logo.png", "image/png", 3_000 + random.nextInt(12_000), 0.02);
  }

  /** Sum of uniform numbers: near enough to the normal distribution, and seeded. */
  private static double gaussian(SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum - 6;
  }

  byte[] content() {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] content = new byte[length];
    byte[] noise = new byte[RUN];
    for (int at = 0; at < length; at += RUN) {
      int count = Math.min(RUN, length - at);
      if (random.nextDouble() < looseness) {
        fillWithRows(random, content, at, count);
      } else {
        random.nextBytes(noise);
        System.arraycopy(noise, 0, content, at, count);
      }
    }
    return content;
  }

  private static void fillWithRows(SplittableRandom random, byte[] content, int from, int count) {
    int end = from + count;
    int at = from;
    while (at < end) {
      byte[] row =
          (random.nextInt(2_000) + ";open;" + random.nextInt(90) + ".50;EUR;2026-03\n")
              .getBytes(StandardCharsets.US_ASCII);
      int fits = Math.min(row.length, end - at);
      System.arraycopy(row, 0, content, at, fits);
      at += fits;
    }
  }
}
