package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultDiskTest extends DiskContract {
  private static final Path FOLDER = Path.of("f");
  private static final Path FILE = FOLDER.resolve("file");

  private final CrashDisk below = new CrashDisk();

  @Override
  Disk make() {
    return new FaultDisk(new CrashDisk(), FaultDisk.Fault.NONE);
  }

  private static void write(Disk on) throws IOException {
    on.makeFolder(FOLDER);
    try (DiskFile made = on.create(FILE)) {
      made.append(ByteBuffer.allocate(10));
      made.sync();
    }
    on.syncFolder(FOLDER);
  }

  @Test
  void changesAreWrittenDownInOrder() throws IOException {
    FaultDisk recording = new FaultDisk(below, FaultDisk.Fault.NONE);
    write(recording);
    recording.list(FOLDER);
    assertEquals(
        List.of("makeFolder f", "create f/file", "append f/file 10", "sync f/file", "syncFolder f"),
        recording.changes());
    assertEquals(6, recording.operations().size());
  }

  @Test
  void oneOperationFailsAndTheNextOnesWork() throws IOException {
    FaultDisk failing = new FaultDisk(below, FaultDisk.Fault.failing(2, operation -> true));
    assertThrows(IOException.class, () -> write(failing));
    assertEquals(5, below.content(FILE).length);
    failing.delete(FILE);
    write(failing);
    assertEquals(10, below.content(FILE).length);
  }

  @Test
  void stoppedDiskDoesNothingMore() throws IOException {
    FaultDisk stopping = new FaultDisk(below, FaultDisk.Fault.stopping(2));
    assertThrows(IOException.class, () -> write(stopping));
    assertThrows(IOException.class, () -> stopping.delete(FILE));
    assertThrows(IOException.class, () -> stopping.list(FOLDER));
    assertEquals(5, below.content(FILE).length);
  }

  @Test
  void fullDiskTakesWhatFitsAndGoesOnWhenThereIsRoom() throws IOException {
    FaultDisk.Room room = new FaultDisk.Room(7);
    FaultDisk full = new FaultDisk(below, room);
    IOException error = assertThrows(IOException.class, () -> write(full));
    assertTrue(error.getMessage().endsWith("No space left on device"), error.getMessage());
    assertEquals(7, below.content(FILE).length);
    room.add(10);
    full.delete(FILE);
    write(full);
  }
}
