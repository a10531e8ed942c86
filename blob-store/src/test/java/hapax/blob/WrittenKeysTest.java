package hapax.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WrittenKeysTest {
  private static byte[] key(Random random) {
    byte[] key = new byte[1 + random.nextInt(70)];
    random.nextBytes(key);
    return key;
  }

  @Test
  void whatWasWrittenIsNeverDeniedAndMostOfTheRestIs() {
    WrittenKeys keys = new WrittenKeys();
    Random written = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      keys.add(key(written));
    }
    Random again = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      assertTrue(keys.mayContain(key(again)));
    }
    Random others = new Random(2);
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] key = new byte[40];
      others.nextBytes(key);
      taken += keys.mayContain(key) ? 1 : 0;
    }
    assertTrue(taken < 1000, taken + " of 100,000 absent keys taken for written");
  }

  @Test
  void keysThatDifferInTheLastByteAreToldApart() {
    WrittenKeys keys = new WrittenKeys();
    byte[] key = "U mailbox 0001".getBytes(US_ASCII);
    keys.add(key.clone());
    key[key.length - 1]++;
    assertFalse(keys.mayContain(key));
  }

  @Test
  void itIsGivenUpWhenTheyAreMany() {
    WrittenKeys keys = new WrittenKeys();
    Random random = new Random(3);
    for (int i = 0; i < 2_000_000; i++) {
      keys.add(key(random));
    }
    assertFalse(keys.isFull());
    keys.add(key(random));
    assertTrue(keys.isFull());
  }

  @Test
  void ofACatalogWithRowsNothingIsKnown() {
    assertNull(WrittenKeys.ifNone(1));
    assertNotNull(WrittenKeys.ifNone(0));
  }
}
