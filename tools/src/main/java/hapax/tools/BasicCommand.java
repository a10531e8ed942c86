package hapax.tools;

import hapax.sync.MailStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One command: its words are fields, filled in before it runs. */
@Command
abstract class BasicCommand implements Callable<Integer> {
  private final Hapax hapax;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  BasicCommand(Hapax hapax) {
    this.hapax = hapax;
  }

  /** Does the work; says how much of it was done. */
  abstract ExitCode run(Results results) throws IOException;

  @Override
  public final Integer call() throws IOException {
    Results results = hapax.results();
    ExitCode code = run(results);
    results.flush();
    return code.number();
  }

  final Hapax hapax() {
    return hapax;
  }

  /** Refuses a name that no account can have. */
  final void requireAccountName(String name) {
    try {
      MailStore.requireAccountName(name);
    } catch (IllegalArgumentException none) {
      throw misuse(String.valueOf(none.getMessage()));
    }
  }

  /** What to throw when the words make no sense together. */
  final ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
