package hapax.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RealDiskTest extends DiskContract {
  /** A device that is always full. */
  private static final Path FULL = Path.of("/dev/full");

  @Override
  Disk make() {
    return Disk.real();
  }

  @Test
  void aFullDiskShouldBeToldWithTheNameOfTheFile() throws IOException {
    assumeTrue(Files.exists(FULL), "no " + FULL + " on this system");
    try (DiskFile file = make().append(FULL)) {
      IOException full =
          assertThrows(IOException.class, () -> file.append(ByteBuffer.allocate(100)));
      assertEquals("/dev/full: No space left on device", full.getMessage());
    }
  }
}
