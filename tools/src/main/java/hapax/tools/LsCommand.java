package hapax.tools;

import hapax.blob.StoreReader;
import hapax.mime.MessageHead;
import hapax.sync.Account;
import hapax.sync.Item;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists accounts, the mailboxes of one, or the items of a mailbox. */
@Command(
    name = "ls",
    description = "List accounts, the mailboxes of an account, or the messages of a mailbox.",
    footer = {
      "",
      "Examples:",
      "  hapax ls",
      "  hapax ls jane",
      "  hapax ls jane/INBOX --as-of 2026-11-01"
    })
final class LsCommand extends StoreCommand {
  @Parameters(arity = "0..1", paramLabel = "ACCOUNT[/MAILBOX]", description = "What to look into.")
  private @Nullable String place;

  @Option(names = "--as-of", paramLabel = "TIME", description = "As it was at that time.")
  private @Nullable Instant moment;

  @Option(
      names = "--expunged",
      description = "What can be restored: expunged messages of a mailbox, deleted mailboxes.")
  private boolean expunged;

  LsCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    if (place == null) {
      accounts(store, results);
    } else if (place.indexOf('/') < 0) {
      mailboxes(account(store, place), results);
    } else {
      MailboxName name = mailboxName(place);
      return items(store, account(store, name.account()), name, results);
    }
    return ExitCode.DONE;
  }

  private MailboxName mailboxName(String text) {
    try {
      return MailboxName.parse(text);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private Account account(MailStore store, String name) throws IOException {
    return MailboxName.account(store, name, Optional.ofNullable(moment));
  }

  private void accounts(MailStore store, Results results) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : store.accounts()) {
      List<Mailbox> mailboxes = account(store, name).mailboxes();
      long items = mailboxes.stream().mapToLong(Mailbox::items).sum();
      rows.add(Json.object("name", name, "mailboxes", mailboxes.size(), "items", items));
      results.line(
          String.format(
              "%-32s %12s  %s",
              name, Text.count(mailboxes.size(), "mailbox"), Text.count(items, "message")));
    }
    results.object(Map.of("accounts", rows));
  }

  private void mailboxes(Account account, Results results) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Mailbox mailbox : expunged ? account.deletedMailboxes() : account.mailboxes()) {
      Map<String, Object> row = Json.object("name", mailbox.name(), "items", mailbox.items());
      row.put("uid_validity", mailbox.uidValidity());
      row.put("uid_next", mailbox.uidNext());
      row.put("subscribed", mailbox.subscribed());
      rows.add(row);
      results.line(
          String.format("%-40s %s", mailbox.name(), Text.count(mailbox.items(), "message")));
    }
    results.object(Map.of("mailboxes", rows));
  }

  private ExitCode items(MailStore store, Account account, MailboxName name, Results results)
      throws IOException {
    Mailbox mailbox = mailbox(account, name);
    try (StoreReader reader = store.blobs().reader()) {
      HeadReader heads = new HeadReader(reader);
      if (results.json()) {
        results.list(
            "items", sink -> visit(account, mailbox, item -> sink.element(row(item, heads))));
      } else {
        visit(account, mailbox, item -> results.line(line(item, heads)));
      }
      hapax().warn(heads.damages(), heads.damages().size());
      return heads.damages().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }
  }

  private Mailbox mailbox(Account account, MailboxName name) throws IOException {
    if (expunged && account.mailbox(name.mailbox()).isEmpty()) {
      Optional<Mailbox> deleted =
          account.deletedMailboxes().stream()
              .filter(mailbox -> mailbox.name().equals(name.mailbox()))
              .findFirst();
      if (deleted.isPresent()) {
        return deleted.get();
      }
    }
    return name.in(account);
  }

  private void visit(Account account, Mailbox mailbox, ItemSink sink) throws IOException {
    Account.ItemVisitor visitor =
        item -> {
          sink.item(item);
          return true;
        };
    if (expunged) {
      account.expungedItems(mailbox.id(), visitor);
    } else {
      account.items(mailbox.id(), 1, visitor);
    }
  }

  private static Map<String, Object> row(Item item, HeadReader heads) throws IOException {
    MessageHead head = heads.head(item.message());
    Map<String, Object> row = Json.object("uid", item.uid(), "date", item.internalDate());
    row.put("size", item.size());
    row.put("flags", List.copyOf(item.flags()));
    row.put("from", head.from().orElse(null));
    row.put("subject", head.subject().orElse(null));
    row.put("digest", item.message());
    item.expunged().ifPresent(when -> row.put("expunged", when));
    return row;
  }

  private static String line(Item item, HeadReader heads) throws IOException {
    MessageHead head = heads.head(item.message());
    return String.format(
        "%6d  %s  %8s  %-24s  %-30s  %s  %s",
        item.uid(),
        Text.time(item.expunged().orElse(item.internalDate())),
        Text.bytes(item.size()),
        String.join(" ", item.flags()),
        head.from().orElse(""),
        head.subject().orElse(""),
        item.message().toString().substring(0, 12));
  }

  /** Takes an item. */
  @FunctionalInterface
  private interface ItemSink {
    void item(Item item) throws IOException;
  }
}
