package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Disk} must do. */
abstract class DiskContract {
  @TempDir Path root;
  Disk disk;
  Path folder;
  Path file;

  abstract Disk make();

  @BeforeEach
  void makeDisk() throws IOException {
    disk = make();
    folder = root.resolve("a").resolve("b");
    file = folder.resolve("file");
    disk.makeFolder(folder);
  }

  private void write(Path name, int... bytes) throws IOException {
    try (DiskFile made = disk.create(name)) {
      made.append(ByteBuffer.wrap(CatalogContract.bytes(bytes)));
    }
  }

  private byte[] read(Path name) throws IOException {
    try (DiskFile there = disk.read(name)) {
      return CrashDisk.bytes(there, 0, (int) there.size());
    }
  }

  @Test
  void namesAreListedInOrderAndAnAbsentFolderIsEmpty() throws IOException {
    assertEquals(List.of(), disk.list(folder));
    write(folder.resolve("z"));
    write(folder.resolve("a"));
    assertEquals(List.of("a", "z"), disk.list(folder));
    assertEquals(List.of(), disk.list(root.resolve("absent")));
  }

  @Test
  void makingAFolderAgainChangesNothing() throws IOException {
    write(file, 1);
    disk.makeFolder(folder);
    assertEquals(List.of("file"), disk.list(folder));
  }

  @Test
  void bytesAppendedAreReadFromAnyPosition() throws IOException {
    try (DiskFile made = disk.create(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(CatalogContract.bytes(9, 1, 2, 3), 1, 3);
      made.append(bytes);
      assertEquals(0, bytes.remaining());
      made.append(ByteBuffer.wrap(CatalogContract.bytes(4)));
      made.sync();
      disk.syncFolder(folder);
      assertEquals(4, made.size());
      assertArrayEquals(CatalogContract.bytes(2, 3, 4), CrashDisk.bytes(made, 1, 3));
    }
    assertArrayEquals(CatalogContract.bytes(1, 2, 3, 4), read(file));
  }

  @Test
  void appendGoesOnAtTheEnd() throws IOException {
    write(file, 1, 2);
    try (DiskFile again = disk.append(file)) {
      assertEquals(2, again.size());
      again.append(ByteBuffer.wrap(CatalogContract.bytes(3)));
    }
    assertArrayEquals(CatalogContract.bytes(1, 2, 3), read(file));
  }

  @Test
  void readerSeesWhatIsAppendedAfterItWasOpened() throws IOException {
    try (DiskFile made = disk.create(file);
        DiskFile reader = disk.read(file)) {
      made.append(ByteBuffer.wrap(CatalogContract.bytes(7)));
      assertArrayEquals(CatalogContract.bytes(7), CrashDisk.bytes(reader, 0, 1));
    }
  }

  @Test
  void appendAfterCutContinuesAtTheCut() throws IOException {
    write(file, 1, 2, 3);
    try (DiskFile again = disk.append(file)) {
      again.truncate(1);
      assertEquals(1, again.size());
      again.append(ByteBuffer.wrap(CatalogContract.bytes(9)));
    }
    assertArrayEquals(CatalogContract.bytes(1, 9), read(file));
  }

  @Test
  void readShouldFailWhenTheFileIsTooShort() throws IOException {
    write(file, 1, 2);
    try (DiskFile there = disk.read(file)) {
      assertThrows(EOFException.class, () -> CrashDisk.bytes(there, 1, 2));
      assertThrows(EOFException.class, () -> CrashDisk.bytes(there, 5, 1));
    }
  }

  @Test
  void createShouldFailWhenTheFileIsThere() throws IOException {
    write(file);
    assertThrows(FileAlreadyExistsException.class, () -> disk.create(file));
  }

  @Test
  void whatIsAbsentCanNotBeOpenedMovedOrRemoved() {
    assertThrows(NoSuchFileException.class, () -> disk.read(file));
    assertThrows(NoSuchFileException.class, () -> disk.append(file));
    assertThrows(NoSuchFileException.class, () -> disk.delete(file));
    assertThrows(NoSuchFileException.class, () -> disk.rename(file, folder.resolve("x")));
  }

  @Test
  void renameReplacesWhatIsThere() throws IOException {
    write(file, 1);
    write(folder.resolve("old"), 2);
    disk.rename(file, folder.resolve("old"));
    assertEquals(List.of("old"), disk.list(folder));
    assertArrayEquals(CatalogContract.bytes(1), read(folder.resolve("old")));
  }

  @Test
  void openFileIsReadToTheEndThoughItWasDeleted() throws IOException {
    write(file, 1, 2);
    try (DiskFile reader = disk.read(file)) {
      disk.delete(file);
      assertEquals(List.of(), disk.list(folder));
      assertArrayEquals(CatalogContract.bytes(1, 2), CrashDisk.bytes(reader, 0, 2));
    }
  }

  @Test
  void useAfterCloseIsAnError() throws IOException {
    DiskFile made = disk.create(file);
    made.append(ByteBuffer.wrap(CatalogContract.bytes(1)));
    made.close();
    made.close();
    assertThrows(IOException.class, () -> CrashDisk.bytes(made, 0, 1));
    assertThrows(IOException.class, () -> made.append(ByteBuffer.allocate(1)));
    assertThrows(IOException.class, made::sync);
  }
}
