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
}
