package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrashDiskTest extends DiskContract {
  private static final Path FOLDER = Path.of("f");
  private static final Path FILE = FOLDER.resolve("file");

  private final CrashDisk crashing = new CrashDisk();

  @Override
  Disk make() {
    return new CrashDisk();
  }

  private DiskFile started() throws IOException {
    crashing.makeFolder(FOLDER);
    DiskFile file = crashing.create(FILE);
    file.append(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
    return file;
  }

  @Test
  void syncedBytesUnderASyncedNameSurvive() throws IOException {
    try (DiskFile file = started()) {
      file.sync();
      crashing.syncFolder(FOLDER);
      file.append(ByteBuffer.wrap(new byte[] {5, 6, 7}));
    }
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      byte[] left = crashing.afterPowerLoss(seed).content(FILE);
      assertArrayEquals(new byte[] {1, 2, 3, 4}, Arrays.copyOf(left, 4));
      outcomes.add(Arrays.toString(left));
    }
    assertTrue(outcomes.contains("[1, 2, 3, 4]"), outcomes.toString());
    assertTrue(outcomes.contains("[1, 2, 3, 4, 5]"), outcomes.toString());
    assertTrue(outcomes.contains("[1, 2, 3, 4, 5, 6, 7]"), outcomes.toString());
    assertTrue(outcomes.contains("[1, 2, 3, 4, 5, 0]"), outcomes.toString());
  }

  @Test
  void nameThatWasNotSyncedMayBeLost() throws IOException {
    started().close();
    Set<List<Path>> outcomes = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      outcomes.add(crashing.afterPowerLoss(seed).files());
    }
    assertEquals(Set.of(List.of(), List.of(FILE)), outcomes);
  }

  @Test
  void removalThatWasNotSyncedMayComeBack() throws IOException {
    try (DiskFile file = started()) {
      file.sync();
    }
    crashing.syncFolder(FOLDER);
    crashing.delete(FILE);
    Set<List<Path>> outcomes = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      outcomes.add(crashing.afterPowerLoss(seed).files());
    }
    assertEquals(Set.of(List.of(), List.of(FILE)), outcomes);
  }

  @Test
  void killedProcessLosesNothing() throws IOException {
    started().close();
    assertArrayEquals(new byte[] {1, 2, 3, 4}, crashing.afterKill().content(FILE));
  }
}
