package hapax.tools;

import hapax.blob.Intake;
import hapax.sync.Account;
import hapax.sync.Item;
import hapax.sync.ItemId;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import hapax.sync.MailboxId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings expunged items and deleted mailboxes back. */
@Command(
    name = "restore",
    description = {
      "Bring back messages that were removed from a mailbox, or a mailbox that was deleted.",
      "They come back as new messages at the end of the mailbox, with flags and date. 'ls --expunged'"
          + " shows what there is."
    },
    footer = {
      "",
      "Examples:",
      "  hapax restore jane/INBOX --uid 17",
      "  hapax restore jane/Work --since 2026-11-01"
    })
final class RestoreCommand extends ChangeCommand {
  @Parameters(paramLabel = "ACCOUNT/MAILBOX", description = "Where they were.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private MailboxName place;

  @Option(names = "--uid", paramLabel = "UID", description = "Only these; otherwise all.")
  private Set<Long> uids = new HashSet<>();

  @Option(names = "--since", paramLabel = "TIME", description = "Only what was removed since.")
  private @Nullable Instant since;

  RestoreCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  Changed change(MailStore store) throws IOException {
    Account account = place.accountIn(store);
    List<Item> gone = new ArrayList<>();
    for (MailboxId from : sources(account)) {
      account.expungedItems(from, item -> !isWanted(item) || gone.add(item));
    }
    long missing =
        uids.stream().filter(uid -> gone.stream().noneMatch(item -> item.uid() == uid)).count();
    long changes = 0;
    if (!gone.isEmpty()) {
      MailboxId to;
      try (Intake unit = store.blobs().intake()) {
        to = account.openMailbox(unit, place.mailbox()).id();
      }
      for (Item item : gone) {
        changes += restore(store, account, item.id(), to) ? 1 : 0;
      }
    }
    return new Changed(Math.max(gone.size() + missing, 1), changes, missing);
  }

  /** The mailboxes that have the name, or had it before they were deleted. */
  private List<MailboxId> sources(Account account) throws IOException {
    List<MailboxId> found = new ArrayList<>();
    Optional<Mailbox> there = account.mailbox(place.mailbox());
    there.ifPresent(mailbox -> found.add(mailbox.id()));
    account.deletedMailboxes().stream()
        .filter(mailbox -> mailbox.name().equals(place.mailbox()))
        .forEach(mailbox -> found.add(mailbox.id()));
    if (found.isEmpty()) {
      throw new FailedException(
          "no mailbox "
              + place.mailbox()
              + " in account "
              + account.name()
              + ", nor a deleted one");
    }
    return found;
  }

  private boolean isWanted(Item item) {
    Instant from = since;
    return (uids.isEmpty() || uids.contains(item.uid()))
        && (from == null || item.expunged().filter(when -> !when.isBefore(from)).isPresent());
  }

  private static boolean restore(MailStore store, Account account, ItemId item, MailboxId to)
      throws IOException {
    try (Intake unit = store.blobs().intake()) {
      return account.restore(unit, item, to) > 0;
    }
  }
}
