package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SeenTest {
  @Test
  void upToStopsBeforeTheFirstHole() {
    Seen seen = new Seen();
    assertTrue(seen.add(1, 10));
    assertTrue(seen.add(3, 30));
    assertTrue(seen.add(5, 20));
    assertEquals(1, seen.upTo());
    assertEquals(5, seen.highest());
    assertFalse(seen.add(3, 30));
    assertTrue(seen.add(2, 15));
    assertEquals(3, seen.upTo());
    assertTrue(seen.add(4, 17));
    assertEquals(5, seen.upTo());
    assertEquals(30, seen.latestTime());
  }

  @Test
  void rowHasTheseBytes() {
    Seen seen = new Seen();
    seen.add(1, 0x10);
    seen.add(3, 0x30);
    seen.add(4, 0x20);
    String expected = "01" + "0000000000000030" + "01" + "0304";
    assertEquals(expected, HexFormat.of().formatHex(seen.encode()));
  }

  @Test
  void anyOrderGivesTheSameRow() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        numbers.add(1L + random.nextInt(25));
      }
      Seen first = seen(numbers);
      Collections.shuffle(numbers, random);
      Seen second = seen(numbers);
      assertEquals(
          HexFormat.of().formatHex(first.encode()), HexFormat.of().formatHex(second.encode()));
      TreeSet<Long> all = new TreeSet<>(numbers);
      long upTo = 0;
      while (all.contains(upTo + 1)) {
        upTo++;
      }
      assertEquals(upTo, second.upTo());
      assertEquals(all.last(), second.highest());
    }
  }

  private static Seen seen(List<Long> numbers) throws IOException {
    Seen seen = new Seen();
    TreeSet<Long> model = new TreeSet<>();
    for (long number : numbers) {
      assertEquals(model.add(number), seen.add(number, number));
      seen = Seen.decode(seen.encode());
    }
    return seen;
  }
}
