package hapax.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hapax.blob.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {
  @TempDir Path folder;
  private long number = 17;

  private long identity(Path where) throws IOException {
    return new Replica(Disk.real(), where, file -> number, true).current().id();
  }

  @Test
  void identityStays() throws IOException {
    long first = identity(folder);
    assertEquals(first, identity(folder));
    assertEquals(
        "hapax replica 1\nid " + Stamp.originText(first) + "\nfile 17\n",
        Files.readString(folder.resolve("replica")));
  }

  @Test
  void copiedStoreTakesANewIdentity() throws IOException {
    long first = identity(folder);
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(folder.resolve("replica"), copy.resolve("replica"));
    number = 18;
    long second = identity(copy);
    assertNotEquals(first, second);
    assertEquals(second, identity(copy));
  }

  @Test
  void brokenOrMissingFileGivesANewIdentity() throws IOException {
    long first = identity(folder);
    Files.writeString(folder.resolve("replica"), "hapax replica 1\nid 01");
    long second = identity(folder);
    Files.delete(folder.resolve("replica"));
    assertNotEquals(first, second);
    assertNotEquals(second, identity(folder));
  }

  @Test
  void leftoverOfACrashIsReplaced() throws IOException {
    Files.writeString(folder.resolve("replica.tmp"), "hapax repl");
    assertEquals(identity(folder), identity(folder));
  }

  @Test
  void realNumbersTellACopyFromTheOriginal() throws IOException {
    Replica.FileNumbers real = Replica.FileNumbers.real();
    long first = new Replica(Disk.real(), folder, real, true).current().id();
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(folder.resolve("replica"), copy.resolve("replica"));
    assertNotEquals(first, new Replica(Disk.real(), copy, real, true).current().id());
    Path moved = Files.move(folder.resolve("copy"), folder.resolve("moved"));
    assertEquals(
        new Replica(Disk.real(), moved, real, true).current().id(),
        new Replica(Disk.real(), moved, real, true).current().id());
  }
}
