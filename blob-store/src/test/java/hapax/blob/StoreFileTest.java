package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeStore() throws IOException {
    StoreFile.create(Disk.real(), folder);
    file = folder.resolve("hapax.store");
  }

  private void assertRefused(String found) throws IOException {
    byte[] before = Files.readAllBytes(file);
    CorruptStoreException error =
        assertThrows(CorruptStoreException.class, () -> StoreFile.read(Disk.real(), folder));
    assertEquals(
        file + " at offset 0: expected a line 'hapax store', found '" + found + "'",
        error.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aNewerFormatIsToldAndNothingIsTouched() throws IOException {
    String line = Files.readString(file).replace("hapax store 1 ", "hapax store 2 ");
    Files.writeString(file, line);
    StoreFormatException error =
        assertThrows(
            StoreFormatException.class, () -> BlobStore.open(folder, true, (entry, rows) -> entry));
    assertEquals(
        "store " + folder + " has format 2, this program reads up to 1", error.getMessage());
    assertEquals(line, Files.readString(file));
  }

  @Test
  void aFileThatIsCutOrForeignIsRefused() throws IOException {
    Files.writeString(file, "hapax store 1 0123\n");
    assertRefused("hapax store 1 0123");
    Files.writeString(file, "");
    assertRefused("");
  }

  private static void open(Path at) throws IOException {
    BlobStore.open(at, true, (entry, rows) -> entry).close();
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Files.delete(file);
    Files.writeString(folder.resolve("letter.txt"), "x");
    StoreFormatException error = assertThrows(StoreFormatException.class, () -> open(folder));
    assertEquals(
        folder + " is no store and has other files (letter.txt); a store needs its own folder",
        error.getMessage());
    assertEquals(List.of("letter.txt"), Disk.real().list(folder));
  }

  @Test
  void aStoreThatLostItsFileGetsNoOther() throws IOException {
    open(folder);
    Files.delete(file);
    assertThrows(StoreFormatException.class, () -> open(folder));
    assertFalse(Files.exists(file));
  }

  @Test
  void whatAnUnfinishedStoreLeftIsNoHindrance() throws IOException {
    Files.move(file, folder.resolve("hapax.store.new"));
    Files.writeString(folder.resolve("lock"), "");
    Files.createDirectory(folder.resolve("lost+found"));
    open(folder);
    assertTrue(StoreFile.isThere(Disk.real(), folder));
  }
}
