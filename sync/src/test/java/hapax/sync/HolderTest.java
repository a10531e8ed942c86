package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HolderTest {
  private static final ItemId ITEM =
      ItemId.readFrom(ByteBuffer.wrap(HexFormat.of().parseHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf")));

  private static byte[] start(byte[] of) throws Exception {
    return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(of), 8);
  }

  @Test
  void shouldBeginWithTheAccountAndEndWithTheItem() throws Exception {
    byte[] name = new Holder("jane").of(ITEM);
    assertEquals(16, name.length);
    assertArrayEquals(Holder.tag("jane"), Arrays.copyOf(name, Holder.TAG_BYTES));
    assertArrayEquals(
        start("jane".getBytes(StandardCharsets.UTF_8)), Arrays.copyOf(name, Holder.TAG_BYTES));
    assertArrayEquals(start(ITEM.toBytes()), Arrays.copyOfRange(name, Holder.TAG_BYTES, 16));
  }
}
