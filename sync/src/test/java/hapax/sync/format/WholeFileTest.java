package hapax.sync.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hapax.reconstruct.MessageInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path root;
  private int reads;

  /** Reads a file that someone writes to just after each of the first reads. */
  private String loadWithWrites(int writes) throws IOException {
    Path file = Read.write(root.resolve("message"), "x");
    LoadedMessage message =
        WholeFile.load(
            file,
            size -> {
              byte[] bytes = Files.readAllBytes(file);
              if (reads++ < writes) {
                Files.writeString(file, "x".repeat(1 + reads));
              }
              return new MessageInput.Bytes(bytes, (int) size);
            });
    return new String(Read.bytes(message.input()), StandardCharsets.US_ASCII);
  }

  @Test
  void fileThatChangesWhileItIsReadShouldBeReadAgain() throws IOException {
    assertEquals("xxx", loadWithWrites(2));
    assertEquals(3, reads);
  }

  @Test
  void fileThatNeverRestsShouldFail() {
    IOException restless = assertThrows(IOException.class, () -> loadWithWrites(99));
    assertEquals("it changes while it is read", restless.getMessage());
  }
}
