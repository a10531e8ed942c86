package hapax.tools;

import hapax.sync.Account;
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

  /**
   * Warns of messages that stood in an account, as of a moment in the past, and are missing in that
   * view; gives how many.
   */
  final long warnOfMissing(Account then) throws IOException {
    long missing = then.withoutMessage();
    if (missing > 0) {
      hapax()
          .warn(
              "account "
                  + then.name()
                  + " lacks "
                  + Text.count(missing, "message")
                  + " of that time: another store had let go of what was expunged before this one"
                  + " heard of it");
    }
    return missing;
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
