package hapax.mime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real messages, where the system property {@code hapax.corpus} says that there are some. */
final class Corpus {
  private Corpus() {}

  static List<Path> messages() throws IOException {
    Path root = Path.of(System.getProperty("hapax.corpus", "absent"));
    Assumptions.assumeTrue(Files.isDirectory(root), "no corpus at " + root);
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).filter(Corpus::isMessage).sorted().toList();
    }
  }

  /** Not the lists and keys that stand beside the messages. */
  private static boolean isMessage(Path file) {
    String name = file.getFileName().toString();
    return !name.endsWith(".tsv") && !name.endsWith(".asc") && !name.equals("README.md");
  }
}
