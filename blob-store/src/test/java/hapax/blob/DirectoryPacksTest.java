package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryPacksTest extends PackPlaceContract {
  @TempDir Path root;

  @Override
  PackPlace make() throws IOException {
    return new DirectoryPacks(Disk.real(), root.resolve("packs"));
  }

  @Test
  void filesOfOtherNamesArePassedOver() throws IOException {
    for (String name :
        List.of("p-1.pack", "p-00000000.pack", "p-00000001.pack.tmp", "q-00000001.pack", "x")) {
      Files.createFile(root.resolve("packs").resolve(name));
    }
    assertEquals(List.of(), place.numbers());
    Files.createFile(root.resolve("packs").resolve("p-00000007.pack"));
    assertEquals(List.of(7), place.numbers());
  }
}
