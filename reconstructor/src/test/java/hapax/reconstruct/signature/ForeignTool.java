package hapax.reconstruct.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs another program, as judge or as maker of signatures; skips the test where it is missing. */
final class ForeignTool {
  private final Path folder;

  ForeignTool(Path folder) {
    this.folder = folder;
  }

  static void assumePresent(String program) {
    boolean present;
    try {
      Process process = new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      present = process.waitFor(20, TimeUnit.SECONDS);
    } catch (IOException e) {
      present = false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Assumptions.assumeTrue(present, program + " is not installed: skipped");
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  void write(String name, String text) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  String read(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.ISO_8859_1);
  }

  /** Runs the program in the folder; its exit code must be 0. */
  String run(String... command) throws IOException {
    Result result = attempt(command);
    if (result.exit() != 0) {
      throw new IOException(List.of(command) + " failed: " + result.output());
    }
    return result.output();
  }

  record Result(int exit, String output) {}

  Result attempt(String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
    builder.environment().put("GNUPGHOME", folder.toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Result(process.waitFor(), output);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
