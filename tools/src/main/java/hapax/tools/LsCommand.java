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
      "  hapax ls jane/INBOX --as-of 2026-11-01",
      "  hapax ls jane/INBOX --expunged"
    })
final class LsCommand extends StoreCommand {
  @Parameters(arity = "0..1", paramLabel = "ACCOUNT[/MAILBOX]", description = "What to look into.")
  private @Nullable String place;

  @Option(names = "--as-of", paramLabel = "TIME", description = "As it was at that time.")
  private @Nullable Instant moment;

  @Option(
      names = "--expunged",
      description =
          "What can be restored from this store, as long as it keeps it ('stats', 'sweep --keep'):"
              + " deleted mailboxes; expunged messages of a mailbox and of deleted ones that had its"
              + " name, told apart by the UIDVALIDITY in front.")
  private boolean expunged;

  /** Messages that are missing in a view of the past. */
  private long missing;

  LsCommand(Hapax hapax) {
    super(hapax);
  }

  @Override
  ExitCode run(MailStore store, Results results) throws IOException {
    ExitCode code = ExitCode.DONE;
    if (place == null) {
      accounts(store, results);
    } else if (place.indexOf('/') < 0) {
      mailboxes(account(store, place), results);
    } else {
      MailboxName name = mailboxName(place);
      code = items(store, account(store, name.account()), name, results);
    }
    return missing == 0 ? code : ExitCode.PARTLY;
  }

  private MailboxName mailboxName(String text) {
    try {
      return MailboxName.parse(text);
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private Account account(MailStore store, String name) throws IOException {
    return then(MailboxName.account(store, name, Optional.ofNullable(moment)));
  }

  /** The same account; if it is shown as of a moment, what is missing is told. */
  private Account then(Account account) throws IOException {
    missing += moment == null ? 0 : warnOfMissing(account);
    return account;
  }

  private Map<String, Object> object(String name, List<Map<String, Object>> rows) {
    Map<String, Object> object = Json.object(name, rows);
    object.putAll(rest());
    return object;
  }

  /** What the object says besides the list. */
  private Map<String, Object> rest() {
    return moment == null ? Map.of() : Map.of("messages_missing", missing);
  }

  private void accounts(MailStore store, Results results) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Account account : MailboxName.accounts(store, Optional.ofNullable(moment))) {
      String name = account.name();
      List<Mailbox> mailboxes = then(account).mailboxes();
      long items = mailboxes.stream().mapToLong(Mailbox::items).sum();
      rows.add(Json.object("name", name, "mailboxes", mailboxes.size(), "items", items));
      results.line(
          String.format(
              "%-32s %12s  %s",
              name, Text.count(mailboxes.size(), "mailbox"), Text.count(items, "message")));
    }
    results.object(object("accounts", rows));
  }

  private void mailboxes(Account account, Results results) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Mailbox mailbox : expunged ? account.deletedMailboxes() : account.mailboxes()) {
      Map<String, Object> row = Json.object("name", mailbox.name(), "items", mailbox.items());
      row.put("uid_validity", mailbox.uidValidity());
      row.put("uid_next", mailbox.uidNext());
      row.put("subscribed", mailbox.subscribed());
      rows.add(row);
      results.line(line(mailbox));
    }
    results.object(object("mailboxes", rows));
  }

  private String line(Mailbox mailbox) {
    String validity = expunged ? String.format("%10d  ", mailbox.uidValidity()) : "";
    return String.format(
        "%-40s %s%s", mailbox.name(), validity, Text.count(mailbox.items(), "message"));
  }

  private ExitCode items(MailStore store, Account account, MailboxName name, Results results)
      throws IOException {
    List<Mailbox> mailboxes = expunged ? name.generationsIn(account) : List.of(name.in(account));
    try (StoreReader reader = store.blobs().reader()) {
      HeadReader heads = new HeadReader(reader);
      if (results.json()) {
        results.list(
            "items",
            sink -> visit(account, mailboxes, (from, item) -> sink.element(row(from, item, heads))),
            rest());
      } else {
        visit(account, mailboxes, (from, item) -> results.line(line(from, item, heads)));
      }
      hapax().warn(heads.damages(), heads.damages().size());
      return heads.damages().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }
  }

  private void visit(Account account, List<Mailbox> mailboxes, ItemSink sink) throws IOException {
    for (Mailbox mailbox : mailboxes) {
      Account.ItemVisitor visitor =
          item -> {
            sink.item(mailbox, item);
            return true;
          };
      if (expunged) {
        account.expungedItems(
            mailbox.id(), item -> account.wasRestored(item.id()) || visitor.item(item));
      } else {
        account.items(mailbox.id(), 1, visitor);
      }
    }
  }

  private static Map<String, Object> row(Mailbox from, Item item, HeadReader heads)
      throws IOException {
    MessageHead head = heads.head(item.message());
    Map<String, Object> row =
        Json.object("uid", uid(item).orElse(null), "date", item.internalDate());
    row.put("size", item.size());
    row.put("flags", List.copyOf(item.flags()));
    row.put("from", head.from().orElse(null));
    row.put("subject", head.subject().orElse(null));
    row.put("digest", item.message());
    item.expunged()
        .ifPresent(
            when -> {
              row.put("expunged", when);
              row.put("uid_validity", from.uidValidity());
            });
    return row;
  }

  private static String line(Mailbox from, Item item, HeadReader heads) throws IOException {
    MessageHead head = heads.head(item.message());
    String validity =
        item.expunged().map(when -> String.format("%10d  ", from.uidValidity())).orElse("");
    return String.format(
        "%s%6s  %s  %8s  %-24s  %-30s  %s  %s",
        validity,
        uid(item).map(String::valueOf).orElse("-"),
        Text.time(item.expunged().orElse(item.internalDate())),
        Text.bytes(item.size()),
        String.join(" ", item.flags()),
        head.from().orElse(""),
        head.subject().orElse(""),
        item.message().toString().substring(0, 12));
  }

  /** Its UID, if it has one. */
  private static Optional<Long> uid(Item item) {
    return item.uid() == 0 ? Optional.empty() : Optional.of(item.uid());
  }

  /** Takes an item and the mailbox that it is or was in. */
  @FunctionalInterface
  private interface ItemSink {
    void item(Mailbox from, Item item) throws IOException;
  }
}
