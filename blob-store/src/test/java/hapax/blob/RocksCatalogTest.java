package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksCatalogTest extends CatalogContract {
  @TempDir Path folder;

  @Override
  Catalog open() throws IOException {
    return RocksCatalog.open(folder.resolve("catalog"));
  }

  private static void write(Catalog catalog, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    SortedMap<byte[], byte[]> batch = batch();
    for (int i = 0; i < rows; i++) {
      byte[] key = new byte[33];
      random.nextBytes(key);
      batch.put(key, new byte[20]);
    }
    catalog.write(batch);
  }

  /** All rows, each of which can also be had by its key. */
  private static List<String> rows(Catalog catalog) throws IOException {
    List<String> rows = new ArrayList<>();
    catalog.scan(
        bytes(),
        null,
        (key, value) -> {
          assertArrayEquals(value, catalog.get(key));
          return rows.add(HexFormat.of().formatHex(key) + HexFormat.of().formatHex(value));
        });
    return rows;
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void rowsAreThereAfterClosingAndOpeningAgain() throws IOException {
    write(catalog, 1000, 1);
    List<String> before = rows(catalog);
    catalog.close();
    try (Catalog again = open()) {
      assertEquals(before, rows(again));
    }
  }

  @Test
  void rowsWrittenAreThereWhenTheProcessWasKilled() throws IOException {
    write(catalog, 1000, 1);
    Path killed = folder.resolve("killed");
    copyFolder(folder.resolve("catalog"), killed);
    try (Catalog again = RocksCatalog.open(killed)) {
      assertEquals(rows(catalog), rows(again));
    }
  }

  @Test
  void openShouldFailWhenTheCatalogIsOpenAlready() {
    IOException locked =
        assertThrows(IOException.class, () -> RocksCatalog.open(folder.resolve("catalog")));
    assertFalse(locked instanceof CatalogDamagedException, locked.getMessage());
  }

  @Test
  void visitorCanNotCloseTheCatalogUnderIt() throws IOException {
    write(catalog, 2, 1);
    assertThrows(
        IllegalStateException.class,
        () ->
            catalog.scan(
                bytes(),
                null,
                (key, value) -> {
                  catalog.close();
                  return true;
                }));
  }

  /** A cut log gives back some whole batches from the front: what replay counts on. */
  @Test
  void logThatIsCutAnywhereGivesBackAPrefixOfTheBatches() throws IOException {
    for (int i = 1; i <= 20; i++) {
      SortedMap<byte[], byte[]> batch = batch(bytes('P'), bytes(i));
      batch.put(bytes(i), new byte[50]);
      catalog.write(batch);
    }
    catalog.close();
    Path log = onlyFile(folder.resolve("catalog"), ".log");
    byte[] whole = Files.readAllBytes(log);
    for (int cut = 0; cut < whole.length; cut += 61) {
      Path copy = folder.resolve("cut" + cut);
      copyFolder(folder.resolve("catalog"), copy);
      Files.write(copy.resolve(log.getFileName()), java.util.Arrays.copyOf(whole, cut));
      try (Catalog again = RocksCatalog.open(copy)) {
        byte[] last = again.get(bytes('P'));
        assertEquals(last == null ? 0 : last[0] + 1, rows(again).size());
      }
    }
  }

  private static Path onlyFile(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      assertEquals(1, found.size(), found.toString());
      return found.get(0);
    }
  }

  @Test
  void rowsOfThousandsOfMessagesTakeLittleRoom() throws IOException {
    write(catalog, 26_000, 3);
    catalog.close();
    try (Catalog again = open()) {
      assertTrue(again.storedBytes() < 26_000 * 55L, () -> "bytes in " + folder);
    }
  }
}
