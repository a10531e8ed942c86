package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class CountedPacksTest {
  private static final StoreOptions SMALL =
      new StoreOptions(1 << 20, 16 << 10, 4 << 10, 3, 3, 32 << 20);

  private static long packBytes(PackPlace place) throws IOException {
    StoreParts parts = new StoreParts(new byte[16], place, new MemoryCatalog(), null);
    TestMail mail = new TestMail(5);
    try (PackStore store = new PackStore(parts, SMALL, TestMail::fold, Clock.systemUTC())) {
      for (int i = 0; i < 30; i++) {
        mail.add(store, 300_000);
      }
      store.commit();
      return store.sizes().packBytes();
    }
  }

  @Test
  void lengthsShouldBeThoseOfPacksThatAreKept() throws IOException {
    CountedPacks counted = new CountedPacks();
    long kept = packBytes(new MemoryPacks());
    assertEquals(kept, packBytes(counted));
    assertTrue(counted.numbers().size() > 2, "several packs were sealed");
  }

  @Test
  void readingShouldFailAndSayWhy() throws IOException {
    CountedPacks counted = new CountedPacks();
    try (DiskFile file = counted.create(1)) {
      file.append(ByteBuffer.allocate(10));
      assertEquals(10, file.size());
      IOException failed =
          assertThrows(
              CorruptStoreException.class, () -> file.readFully(2, ByteBuffer.allocate(3)));
      assertEquals(
          "pack 1 of an estimate at offset 2: expected 3 bytes, found an estimate, which keeps none",
          failed.getMessage());
    }
  }
}
