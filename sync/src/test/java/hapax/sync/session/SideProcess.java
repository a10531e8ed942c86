package hapax.sync.session;

import hapax.sync.MailStore;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that is one side of a session, on standard input and output. */
final class SideProcess {
  private SideProcess() {}

  /** Starts one: {@code call} or {@code answer}, with the store in a folder. */
  static Process start(String role, Path store, Path temporary) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                SideProcess.class.getName(),
                role,
                store.toString()));
    return new ProcessBuilder(words).redirectError(said(store).toFile()).start();
  }

  /** Where a process on a store says what went wrong. */
  static Path said(Path store) {
    return store.resolveSibling(store.getFileName() + ".said");
  }

  public static void main(String[] words) throws IOException {
    try (MailStore store = MailStore.open(Path.of(words[1]), true);
        Line line =
            new StreamLine(
                System.in, new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))) {
      Session session = new Session(store, SessionOptions.DEFAULT);
      SessionReport report = words[0].equals("call") ? session.call(line) : session.answer(line);
      if (!report.failures().isEmpty()) {
        throw new IOException(report.failures().get(0));
      }
    }
  }
}
