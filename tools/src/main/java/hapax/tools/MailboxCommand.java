package hapax.tools;

import hapax.blob.Intake;
import hapax.sync.Account;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is done to mailboxes as a whole. */
@Command(
    name = "mailbox",
    description = "Create, rename or delete a mailbox.",
    synopsisSubcommandLabel = "create|rename|delete",
    footer = {"", "Example:", "  hapax mailbox create jane/Projects/2026"})
final class MailboxCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected create, rename or delete");
  }

  /** Makes a mailbox, and its account if need be. */
  @Command(
      name = "create",
      description = "Create a mailbox, and the account if it is new.",
      footer = {"", "Example:", "  hapax mailbox create jane/Projects/2026"})
  static final class Create extends ChangeCommand {
    @Parameters(paramLabel = "ACCOUNT/MAILBOX", description = "The mailbox.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MailboxName name;

    Create(Hapax hapax) {
      super(hapax);
    }

    @Override
    boolean makesStore() {
      return true;
    }

    @Override
    Changed change(MailStore store) throws IOException {
      Account account = store.openAccount(name.account());
      if (account.mailbox(name.mailbox()).isPresent()) {
        return new Changed(1, 0, 0);
      }
      try (Intake unit = store.blobs().intake()) {
        account.openMailbox(unit, name.mailbox());
      }
      return Changed.ONE;
    }
  }

  /** Renames a mailbox. */
  @Command(
      name = "rename",
      description = "Give a mailbox, and those below it, another name.",
      footer = {"", "Example:", "  hapax mailbox rename jane/Projects jane/Work"})
  static final class Rename extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "ACCOUNT/MAILBOX", description = "The mailbox.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MailboxName name;

    @Parameters(index = "1", paramLabel = "ACCOUNT/MAILBOX", description = "Its name from now on.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MailboxName to;

    Rename(Hapax hapax) {
      super(hapax);
    }

    @Override
    Changed change(MailStore store) throws IOException {
      if (!to.account().equals(name.account())) {
        throw misuse("a mailbox can not move from account " + name + " to " + to);
      }
      Account account = name.accountIn(store);
      Mailbox mailbox = name.in(account);
      try (Intake unit = store.blobs().intake()) {
        account.rename(unit, mailbox, to.mailbox());
      }
      return Changed.ONE;
    }
  }

  /** Deletes a mailbox. */
  @Command(
      name = "delete",
      description = "Delete a mailbox and expunge its messages; mailboxes below it stay.",
      footer = {"", "Example:", "  hapax mailbox delete jane/Projects"})
  static final class Delete extends ChangeCommand {
    @Parameters(paramLabel = "ACCOUNT/MAILBOX", description = "The mailbox.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MailboxName name;

    Delete(Hapax hapax) {
      super(hapax);
    }

    @Override
    Changed change(MailStore store) throws IOException {
      Account account = name.accountIn(store);
      Mailbox mailbox = name.in(account);
      try (Intake unit = store.blobs().intake()) {
        account.delete(unit, mailbox);
      }
      return Changed.ONE;
    }
  }
}
