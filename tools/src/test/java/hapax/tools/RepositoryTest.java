package hapax.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the project's top level holds. */
class RepositoryTest {
  /** Where Maven builds, also for the project as a whole. */
  private static final String BUILD = "target";

  @Test
  void topLevelShouldHoldModulesPomAndReadme() throws IOException {
    Set<String> expected =
        new TreeSet<>(
            List.of(
                "README.md",
                "blob-store",
                "mime-splitter",
                "pom.xml",
                "reconstructor",
                "sync",
                "tools"));
    Set<String> found = new TreeSet<>();
    try (Stream<Path> entries = Files.list(Projects.root())) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith(".") && !name.equals(BUILD))
          .forEach(found::add);
    }
    assertEquals(expected, found);
  }
}
