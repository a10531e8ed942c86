package hapax.tools.bench;

import java.util.SplittableRandom;

/** Text that compresses about as well as what people write: few words often, many words seldom. */
final class Prose {
  private static final int WORDS = 6_000;
  private static final int LINE = 72;
  private static final String[] SYLLABLES =
      ("ka lo mer tin sa ur ben to ra vel is on pre com ter al di no ser ve ri ta gen lan po ex"
              + " her mi fo che dor lin gra mon stu")
          .split(" ");

  private final String[] words = new String[WORDS];

  Prose(SplittableRandom random) {
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      int syllables = 1 + random.nextInt(1 + Math.min(3, i / 100));
      for (int s = 0; s <= syllables; s++) {
        word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
      }
      words[i] = word.toString();
    }
  }

  String word(SplittableRandom random) {
    double rank = random.nextDouble();
    return words[(int) (WORDS * rank * rank * rank)];
  }

  /** About {@code length} characters in lines, each beginning with {@code prefix}. */
  String lines(SplittableRandom random, int length, String prefix) {
    StringBuilder text = new StringBuilder(length + 2 * LINE);
    int lineStart = 0;
    text.append(prefix);
    while (text.length() < length) {
      text.append(word(random));
      if (text.length() - lineStart > LINE) {
        text.append('\n').append(prefix);
        lineStart = text.length();
      } else {
        text.append(random.nextInt(12) == 0 ? ". " : " ");
      }
    }
    return text.append('\n').toString();
  }
}
