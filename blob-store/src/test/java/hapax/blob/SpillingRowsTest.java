package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillingRowsTest {
  @TempDir Path folder;

  private StoreParts.Scratch scratch() {
    return () -> ScratchCatalog.open(folder, 7);
  }

  @Test
  void fewRowsShouldStayInMemory() throws IOException {
    try (ScratchRows rows = new SpillingRows(scratch(), 10_000)) {
      rows.put(new byte[] {1}, new byte[] {2});
      assertArrayEquals(new byte[] {2}, rows.get(new byte[] {1}));
      try (var files = Files.list(folder)) {
        assertEquals(0, files.count());
      }
    }
  }

  @Test
  void manyRowsShouldReadAsIfTheyWereInMemoryAndBeGoneInTheEnd() throws IOException {
    Random random = new Random(1);
    Map<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);
    try (ScratchRows rows = new SpillingRows(scratch(), 10_000)) {
      for (int i = 0; i < 5_000; i++) {
        byte[] key = {(byte) random.nextInt(8), (byte) random.nextInt()};
        if (random.nextInt(3) == 0) {
          rows.delete(key);
          expected.remove(key);
        } else {
          byte[] value = new byte[random.nextInt(20)];
          rows.put(key, value);
          expected.put(key, value);
        }
        rows.spill();
      }
      assertTrue(Files.exists(folder.resolve("scratch-7")));
      assertEquals(text(expected), text(all(rows)));
      assertNull(rows.get(new byte[] {100}));
    }
    assertFalse(Files.exists(folder.resolve("scratch-7")));
  }

  private static Map<byte[], byte[]> all(RowReader rows) throws IOException {
    Map<byte[], byte[]> all = new TreeMap<>(Arrays::compareUnsigned);
    rows.scan(new byte[0], null, (key, value) -> all.put(key, value) == null);
    return all;
  }

  private static String text(Map<byte[], byte[]> rows) {
    StringBuilder text = new StringBuilder();
    HexFormat hex = HexFormat.of();
    rows.forEach((key, value) -> text.append(hex.formatHex(key)).append(hex.formatHex(value)));
    return text.toString();
  }

  @Test
  void whatAKilledProcessLeftShouldBeRemovedWhenTheStoreIsOpened() throws IOException {
    BlobStore.open(folder, true, TestMail::fold).close();
    Path left = folder.resolve("scratch-3");
    RocksCatalog.open(left).close();
    Files.createFile(left.resolve("000099.sst"));
    BlobStore.open(folder, false, TestMail::fold).close();
    assertFalse(Files.exists(left));
  }
}
