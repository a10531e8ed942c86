package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A damaged catalog either still gives the rows of some batches, counted from the first, or says
 * that it is damaged; never other rows.
 */
class RocksCatalogDamageTest {
  private static final int BATCHES = 6;

  /** Large enough that closing writes a table; the batches after it stay in the log. */
  private static final int FIRST_ROWS = 6_000;

  @TempDir Path folder;
  private Path whole;

  @BeforeEach
  void writeTableAndLog() throws IOException {
    whole = folder.resolve("whole");
    try (Catalog catalog = RocksCatalog.open(whole)) {
      catalog.write(batch(1, FIRST_ROWS));
    }
    try (Catalog catalog = RocksCatalog.open(whole)) {
      for (int i = 2; i <= BATCHES; i++) {
        catalog.write(batch(i, 3));
      }
    }
  }

  /** Rows {@code n 0}, {@code n 1} … and the row {@code P} which counts batches. */
  private static SortedMap<byte[], byte[]> batch(int n, int rows) {
    SortedMap<byte[], byte[]> batch = CatalogContract.batch(key('P'), new byte[] {(byte) n});
    for (int i = 0; i < rows; i++) {
      batch.put(key(n, i >> 16, i >> 8, i), value(i));
    }
    return batch;
  }

  private static byte[] key(int... bytes) {
    return CatalogContract.bytes(bytes);
  }

  private static byte[] value(int i) {
    byte[] value = new byte[100];
    for (int at = 0; at < value.length; at++) {
      value[at] = (byte) ((31 * at * i) + ((at * at) >> 3));
    }
    return value;
  }

  @Test
  void flippedBitIsFoundOrHarmless() throws IOException {
    forEachFile(
        (file, bytes, at) -> {
          byte[] damaged = bytes.clone();
          damaged[at] ^= (byte) (1 << (at & 7));
          return damaged;
        });
  }

  @Test
  void zeroedPageIsFoundOrHarmless() throws IOException {
    forEachFile(
        (file, bytes, at) -> {
          byte[] damaged = bytes.clone();
          Arrays.fill(damaged, at, Math.min(at + 512, bytes.length), (byte) 0);
          return damaged;
        });
  }

  @Test
  void cutFileIsFoundOrHarmless() throws IOException {
    forEachFile((file, bytes, at) -> Arrays.copyOf(bytes, at));
  }

  @Test
  void missingFileIsFoundOrHarmless() throws IOException {
    int found = 0;
    for (Path file : filesOf(whole)) {
      Path copy = copyOf(whole);
      Files.delete(copy.resolve(file.getFileName()));
      found += isFound(copy, "without " + file.getFileName()) ? 1 : 0;
    }
    assertTrue(found >= 2, "at least manifest and table: " + found);
  }

  @Test
  void openShouldFailAsDamagedWhenTheManifestIsNoManifest() throws IOException {
    Path manifest =
        filesOf(whole).stream()
            .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
            .findFirst()
            .orElseThrow();
    Files.write(manifest, new byte[100]);
    assertThrows(CatalogDamagedException.class, () -> RocksCatalog.open(whole));
  }

  /** Changes the bytes of a file at some place. */
  private interface Damage {
    byte[] apply(Path file, byte[] bytes, int at);
  }

  private void forEachFile(Damage damage) throws IOException {
    int found = 0;
    for (Path file : filesOf(whole)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; at < bytes.length; at += 1 + bytes.length / 12) {
        Path copy = copyOf(whole);
        Files.write(copy.resolve(file.getFileName()), damage.apply(file, bytes, at));
        found += isFound(copy, file.getFileName() + " at " + at) ? 1 : 0;
      }
    }
    assertTrue(found > 5, "only " + found + " found");
  }

  private static boolean isFound(Path damaged, String what) throws IOException {
    try (Catalog catalog = RocksCatalog.open(damaged)) {
      byte[] last = catalog.get(key('P'));
      checkRows(catalog, last == null ? 0 : last[0], what);
      return false;
    } catch (CatalogDamagedException found) {
      return true;
    } catch (IOException other) {
      return fail(what, other);
    }
  }

  private static void checkRows(Catalog catalog, int batches, String what) throws IOException {
    int[] rows = {0};
    catalog.scan(
        key(),
        null,
        (key, value) -> {
          if (key[0] != 'P') {
            int i = (key[1] & 0xff) << 16 | (key[2] & 0xff) << 8 | (key[3] & 0xff);
            assertArrayEquals(value(i), value, what);
            rows[0]++;
          }
          return true;
        });
    int expected = batches == 0 ? 0 : FIRST_ROWS + 3 * (batches - 1);
    assertEquals(expected, rows[0], what);
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Path copyOf(Path from) throws IOException {
    Path to = folder.resolve("copy");
    if (Files.exists(to)) {
      for (Path old : filesOf(to)) {
        Files.delete(old);
      }
    }
    Files.createDirectories(to);
    for (Path file : filesOf(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
    return to;
  }
}
