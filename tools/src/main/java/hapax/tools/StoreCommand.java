package hapax.tools;

import hapax.sync.MailStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A command on the store. */
abstract class StoreCommand extends BasicCommand {
  StoreCommand(Hapax hapax) {
    super(hapax);
  }

  /** Does the work on the opened store. */
  abstract ExitCode run(MailStore store, Results results) throws IOException;

  /** Whether the command makes the store when there is none. */
  boolean makesStore() {
    return false;
  }

  @Override
  ExitCode run(Results results) throws IOException {
    try (MailStore store = open()) {
      return run(store, results);
    }
  }

  private MailStore open() throws IOException {
    Path folder = hapax().storePath();
    if (!makesStore() && !Files.exists(folder)) {
      throw new FailedException(folder + ": no store there; the first import makes one");
    }
    return MailStore.open(folder, makesStore());
  }
}
