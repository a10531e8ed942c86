package hapax.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What tests do with splits. */
final class Splits {
  /** Every leaf of a byte or more is a candidate. */
  static final SplitLimits ALL = new SplitLimits(1, 1, 100, 10_000);

  private Splits() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Split of(byte[] message, SplitLimits limits) throws IOException {
    Split split = new MessageSplitter(limits).split(ByteSource.of(message, message.length));
    check(split, message);
    return split;
  }

  /** The texts of all leaves of {@code message}. */
  static List<String> leaves(String message) throws IOException {
    return texts(of(bytes(message), ALL), message);
  }

  static List<String> texts(Split split, String message) {
    return split.parts().stream()
        .map(part -> message.substring((int) part.start(), (int) part.end()))
        .toList();
  }

  /** What holds for the split of any message. */
  static void check(Split split, byte[] message) {
    assertEquals(message.length, split.length());
    assertTrue(split.headLength() >= 0 && split.headLength() <= message.length, "head");
    long covered = 0;
    long parts = 0;
    for (Part part : split.parts()) {
      assertTrue(part.start() >= covered && part.end() > part.start(), part::toString);
      covered = part.end();
      parts += part.length();
    }
    assertTrue(covered <= message.length, "parts inside the message");
    long unshared = split.unshared().values().stream().mapToLong(Long::longValue).sum();
    assertEquals(message.length, parts + unshared, "all bytes accounted for");
    assertTrue(unshared <= Coverage.MOST_LITERALS, "literal bytes are bounded");
  }
}
