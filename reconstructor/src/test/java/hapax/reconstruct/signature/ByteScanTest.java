package hapax.reconstruct.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteScanTest {
  @Test
  void everyPlaceShouldBeFoundAsByLookingAtEachByte() {
    Random random = new Random(8);
    byte[] near = {'\n' - 1, '\n', '\n' + 1, 0, (byte) 0x80, (byte) 0x8a, (byte) 0xff, 'a'};
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = near[random.nextInt(random.nextInt(near.length) + 1)];
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      int expected = from;
      while (expected < to && bytes[expected] != '\n') {
        expected++;
      }
      assertEquals(expected, ByteScan.indexOf(bytes, from, to, '\n'));
    }
  }

  @Test
  void everyUnevenBlankShouldBeFoundAsByLookingAtEachByte() {
    Random random = new Random(6376);
    byte[] near = {
      ' ', '\r', '\n', '\t', 'a', '!', 8, 0x1f, 0, (byte) 0xa0, (byte) 0x89, (byte) 0xff
    };
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(70)];
      int kinds = 1 + random.nextInt(near.length);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(4) == 0 ? near[random.nextInt(kinds)] : (byte) 'x';
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      int expected = from;
      while (expected < to && !isUneven(bytes, expected, to)) {
        expected++;
      }
      assertEquals(expected, ByteScan.unevenBlank(bytes, from, to));
    }
  }

  private static boolean isUneven(byte[] bytes, int at, int to) {
    boolean beforeAnother =
        at + 1 == to || bytes[at + 1] == ' ' || bytes[at + 1] == '\t' || bytes[at + 1] == '\r';
    return bytes[at] == '\t' || (bytes[at] == ' ' && beforeAnother);
  }
}
