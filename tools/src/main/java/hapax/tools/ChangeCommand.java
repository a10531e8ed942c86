package hapax.tools;

import hapax.sync.MailStore;
import java.io.IOException;

/** A command that changes mailboxes. */
abstract class ChangeCommand extends StoreCommand {
  ChangeCommand(Hapax hapax) {
    super(hapax);
  }

  /**
   * Makes the changes.
   *
   * @throws IllegalArgumentException if one of them is not possible
   */
  abstract Changed change(MailStore store) throws IOException;

  @Override
  final ExitCode run(MailStore store, Results results) throws IOException {
    Changed changed = changed(store);
    store.commit();
    results.line(Text.count(changed.changes(), "change"));
    results.object(Json.object("changed", changed.changes()));
    if (changed.missing() == 0) {
      return ExitCode.DONE;
    }
    return changed.missing() == changed.asked() ? ExitCode.FAILED : ExitCode.PARTLY;
  }

  private Changed changed(MailStore store) throws IOException {
    try {
      return change(store);
    } catch (IllegalArgumentException notPossible) {
      throw new FailedException(String.valueOf(notPossible.getMessage()), notPossible);
    }
  }

  /**
   * What came of it.
   *
   * @param asked how many things were to be changed
   * @param changes how many were; one that was so already is not among them
   * @param missing how many were not there
   */
  record Changed(long asked, long changes, long missing) {
    /** One thing, changed. */
    static final Changed ONE = new Changed(1, 1, 0);
  }
}
