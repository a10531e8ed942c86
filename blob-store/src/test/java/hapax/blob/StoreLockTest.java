package hapax.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
  @TempDir Path folder;

  @Test
  void lockNamesProcessAndHost() throws IOException {
    try (StoreLock lock = StoreLock.acquire(folder)) {
      String text = Files.readString(folder.resolve("lock"));
      assertTrue(
          text.matches("process " + ProcessHandle.current().pid() + " on \\S+\n"),
          lock + ": " + text);
    }
  }

  @Test
  void secondOpeningInOneProcessShouldFailAndLeaveTheFirstLocked() throws Exception {
    try (StoreLock lock = StoreLock.acquire(folder)) {
      StoreInUseException error =
          assertThrows(StoreInUseException.class, () -> StoreLock.acquire(folder.resolve(".")));
      assertTrue(
          error.getMessage().contains("is in use by process"), lock + ": " + error.getMessage());
      assertEquals("in use", outcomeInAnotherProcess());
    }
  }

  @Test
  void anotherProcessIsToldWhoHasTheStore() throws Exception {
    Process other = start("hold");
    try (BufferedReader said = other.inputReader(UTF_8)) {
      assertEquals("locked", said.readLine());
      StoreInUseException error =
          assertThrows(StoreInUseException.class, () -> StoreLock.acquire(folder));
      assertTrue(
          error.getMessage().startsWith("store " + folder + " is in use by process " + other.pid()),
          error.getMessage());
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void lockOfAKilledProcessIsNoObstacle() throws Exception {
    Process other = start("hold");
    try (BufferedReader said = other.inputReader(UTF_8)) {
      assertEquals("locked", said.readLine());
    } finally {
      other.destroyForcibly().waitFor();
    }
    StoreLock.acquire(folder).close();
  }

  @Test
  void storeIsFreeAfterClosing() throws Exception {
    StoreLock.acquire(folder).close();
    assertEquals("locked", outcomeInAnotherProcess());
    StoreLock.acquire(folder).close();
  }

  @Test
  void acquireShouldFailWhenTheFolderIsAbsent() {
    assertThrows(NoSuchFileException.class, () -> StoreLock.acquire(folder.resolve("absent")));
  }

  @Test
  void acquireShouldFailClearlyWhenTheFileCanNotBeWritten() throws IOException {
    Files.createDirectory(folder.resolve("lock"));
    IOException error = assertThrows(IOException.class, () -> StoreLock.acquire(folder));
    assertEquals("store " + folder + " can not be written: Is a directory", error.getMessage());
    Files.delete(folder.resolve("lock"));
    StoreLock.acquire(folder).close();
  }

  private String outcomeInAnotherProcess() throws IOException, InterruptedException {
    Process other = start("try");
    try (BufferedReader said = other.inputReader(UTF_8)) {
      return said.readLine();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private Process start(String how) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString(),
                how))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Locks a store; says what came of it; holds it until its input ends, if asked to. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) throws IOException {
      try (StoreLock lock = StoreLock.acquire(Path.of(args[0]))) {
        System.out.println("locked");
        if (args[1].equals("hold") && System.in.read() < 0) {
          System.err.println("released " + lock);
        }
      } catch (StoreInUseException inUse) {
        System.out.println("in use");
      }
    }
  }
}
