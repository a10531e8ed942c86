package hapax.tools;

import java.nio.file.Path;

/** Where the project's files are while its tests run. */
final class Projects {
  private Projects() {}

  /** The top level; tests run in the folder of their module. */
  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /** The mail that the project carries. */
  static Path samples() {
    return root().resolve("tools/samples");
  }
}
