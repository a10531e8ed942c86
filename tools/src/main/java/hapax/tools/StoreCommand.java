package hapax.tools;

import hapax.sync.MailStore;
import java.io.IOException;

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
    return makesStore()
        ? MailStore.open(hapax().storePath(), true)
        : MailStore.open(hapax().existingStorePath(), false);
  }
}
