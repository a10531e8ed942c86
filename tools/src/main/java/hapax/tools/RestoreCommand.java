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
import java.util.LinkedHashSet;
import java.util.List;
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
      "  hapax restore jane/INBOX --digest 30fc4960851e",
      "  hapax restore jane/Work --since 2026-11-01"
    })
final class RestoreCommand extends ChangeCommand {
  private static final int COMMIT_EVERY = 5_000;

  @Parameters(paramLabel = "ACCOUNT/MAILBOX", description = "Where they were.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private MailboxName place;

  @Option(
      names = "--uid",
      paramLabel = "UID",
      description =
          "Only these, and those of --digest; otherwise all. One that several mailboxes of the name"
              + " had is refused.")
  private Set<Long> uids = new LinkedHashSet<>();

  @Option(
      names = "--digest",
      paramLabel = "DIGEST",
      description =
          "Only these messages, each once, as it was expunged last; the first 8 digits or more.")
  private Set<MessageName.OfDigest> digests = new LinkedHashSet<>();

  @Option(names = "--since", paramLabel = "TIME", description = "Only what was removed since.")
  private @Nullable Instant since;

  RestoreCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  Changed change(MailStore store) throws IOException {
    List<ExpungedName> names = names();
    Account account = place.accountIn(store);
    if (names.isEmpty()) {
      List<ItemId> all = new ArrayList<>();
      expunged(account, names, item -> all.add(item.id()));
      return new Changed(all.size(), restore(store, account, all), 0);
    }
    List<Item> found = new ArrayList<>();
    expunged(account, names, found::add);
    List<ItemId> meant = meant(names, found).stream().map(Item::id).toList();
    return new Changed(names.size(), restore(store, account, meant), names.size() - meant.size());
  }

  private List<ExpungedName> names() {
    List<ExpungedName> names = new ArrayList<>();
    try {
      uids.forEach(uid -> names.add(new ExpungedName.OfUid(new ItemName(place, uid))));
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
    digests.forEach(digest -> names.add(new ExpungedName.OfDigest(digest, place)));
    return names;
  }

  /** What {@code ls --expunged} shows of the names, or all if there are none. */
  private void expunged(Account account, List<ExpungedName> names, Account.ItemVisitor visitor)
      throws IOException {
    for (Mailbox from : place.generationsIn(account)) {
      account.expungedItems(from.id(), item -> !isWanted(item, names) || visitor.item(item));
    }
  }

  private boolean isWanted(Item item, List<ExpungedName> names) {
    Instant from = since;
    return (from == null || item.expunged().filter(when -> !when.isBefore(from)).isPresent())
        && (names.isEmpty() || names.stream().anyMatch(name -> name.fits(item)));
  }

  /** The item of each name; names that mean none, or leave it open, are told and passed over. */
  private List<Item> meant(List<ExpungedName> names, List<Item> found) {
    List<Item> meant = new ArrayList<>();
    for (ExpungedName name : names) {
      try {
        meant.add(meant(name, found));
      } catch (FailedException notClear) {
        hapax().complain(notClear);
      }
    }
    return meant;
  }

  private Item meant(ExpungedName name, List<Item> found) throws FailedException {
    List<Item> fitting = found.stream().filter(name::fits).toList();
    if (fitting.isEmpty()) {
      throw new FailedException(
          "no expunged message " + name + (since == null ? "" : " since " + since));
    }
    return name.oneOf(fitting);
  }

  /** Durable now and then: what a million items change does not fit into memory. */
  private long restore(MailStore store, Account account, List<ItemId> items) throws IOException {
    if (items.isEmpty()) {
      return 0;
    }
    MailboxId to;
    try (Intake unit = store.blobs().intake()) {
      to = account.openMailbox(unit, place.mailbox()).id();
    }
    long changes = 0;
    for (int i = 0; i < items.size(); i++) {
      changes += restore(store, account, items.get(i), to) ? 1 : 0;
      if ((i + 1) % COMMIT_EVERY == 0) {
        store.commit();
      }
    }
    return changes;
  }

  private static boolean restore(MailStore store, Account account, ItemId item, MailboxId to)
      throws IOException {
    try (Intake unit = store.blobs().intake()) {
      return account.restore(unit, item, to) > 0;
    }
  }
}
