package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PackPlace} must do. */
abstract class PackPlaceContract {
  PackPlace place;

  abstract PackPlace make() throws IOException;

  @BeforeEach
  void makePlace() throws IOException {
    place = make();
  }

  private void write(int number, int... bytes) throws IOException {
    try (DiskFile pack = place.create(number)) {
      pack.append(ByteBuffer.wrap(CatalogContract.bytes(bytes)));
      pack.sync();
    }
    place.sync();
  }

  private byte[] read(int number) throws IOException {
    try (DiskFile pack = place.read(number)) {
      return CrashDisk.bytes(pack, 0, (int) pack.size());
    }
  }

  @Test
  void numbersAreAscendingWhateverTheOrderOfMaking() throws IOException {
    assertEquals(List.of(), place.numbers());
    for (int number : new int[] {10, 2, PackPlace.MAX_NUMBER, 1}) {
      write(number, number);
    }
    assertEquals(List.of(1, 2, 10, PackPlace.MAX_NUMBER), place.numbers());
  }

  @Test
  void packIsReadBackAndContinued() throws IOException {
    write(1, 1, 2);
    try (DiskFile again = place.append(1)) {
      assertEquals(2, again.size());
      again.append(ByteBuffer.wrap(CatalogContract.bytes(3)));
    }
    assertArrayEquals(CatalogContract.bytes(1, 2, 3), read(1));
  }

  @Test
  void packIsCut() throws IOException {
    write(1, 1, 2, 3);
    try (DiskFile again = place.append(1)) {
      again.truncate(1);
    }
    assertArrayEquals(CatalogContract.bytes(1), read(1));
  }

  @Test
  void createShouldFailWhenThePackIsThere() throws IOException {
    write(1, 5);
    assertThrows(FileAlreadyExistsException.class, () -> place.create(1));
    assertArrayEquals(CatalogContract.bytes(5), read(1));
  }

  @Test
  void absentPackCanNotBeOpenedOrDeleted() {
    assertThrows(NoSuchFileException.class, () -> place.read(1));
    assertThrows(NoSuchFileException.class, () -> place.append(1));
    assertThrows(NoSuchFileException.class, () -> place.delete(1));
  }

  @Test
  void deletedPackIsGoneButOpenFilesOfItCanBeRead() throws IOException {
    write(1, 1, 2);
    write(2, 3);
    try (DiskFile reader = place.read(1)) {
      place.delete(1);
      place.sync();
      assertEquals(List.of(2), place.numbers());
      assertArrayEquals(CatalogContract.bytes(1, 2), CrashDisk.bytes(reader, 0, 2));
    }
    write(1, 9);
    assertArrayEquals(CatalogContract.bytes(9), read(1));
  }

  @Test
  void packsOfDifferentNumbersHaveDifferentNames() {
    assertNotEquals(place.name(1), place.name(11));
  }

  @Test
  void numbersOutsideTheRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> place.create(0));
    assertThrows(IllegalArgumentException.class, () -> place.create(-1));
    assertThrows(IllegalArgumentException.class, () -> place.create(PackPlace.MAX_NUMBER + 1));
  }
}
