package hapax.tools;

import hapax.sync.Account;
import hapax.sync.MailStore;
import hapax.sync.Mailbox;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code A/M}: a mailbox as users name it; its own name may have slashes too. */
record MailboxName(String account, String mailbox) {
  /**
   * Reads {@code A/M}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  static MailboxName parse(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      throw new IllegalArgumentException("expected ACCOUNT/MAILBOX, found '" + text + "'");
    }
    return new MailboxName(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The account, which must be there. */
  Account accountIn(MailStore store) throws IOException {
    return account(store, account);
  }

  /** The mailbox, which must be there. */
  Mailbox in(Account owner) throws IOException {
    return owner
        .mailbox(mailbox)
        .orElseThrow(() -> new FailedException("no mailbox " + mailbox + " in account " + account));
  }

  /**
   * The mailboxes from which items can be restored by this name, of which there must be one: the
   * one that is there, and those that had the name when they were deleted, oldest first.
   */
  List<Mailbox> generationsIn(Account owner) throws IOException {
    List<Mailbox> generations = owner.generations(mailbox);
    if (generations.isEmpty()) {
      throw new FailedException(
          "no mailbox " + mailbox + " in account " + account + ", nor a deleted one");
    }
    return generations;
  }

  /** The account of that name, which must be there. */
  static Account account(MailStore store, String name) throws IOException {
    return account(store, name, Optional.empty());
  }

  /** The account of that name, which must be there, now or as it was at a moment. */
  static Account account(MailStore store, String name, Optional<Instant> moment)
      throws IOException {
    Account account = find(store, name, moment);
    if (!account.isThere()) {
      throw new FailedException("no account " + name + " at that time");
    }
    return account;
  }

  /** All accounts, now or as they were at a moment, without those that were not there then. */
  static List<Account> accounts(MailStore store, Optional<Instant> moment) throws IOException {
    List<Account> accounts = new ArrayList<>();
    for (String name : store.accounts()) {
      Account account = find(store, name, moment);
      if (account.isThere()) {
        accounts.add(account);
      }
    }
    return accounts;
  }

  private static Account find(MailStore store, String name, Optional<Instant> moment)
      throws IOException {
    Account now = store.account(name).orElseThrow(() -> new FailedException("no account " + name));
    try {
      return moment.isPresent() ? store.asOf(name, moment.get()) : now;
    } catch (IllegalArgumentException tooEarly) {
      throw new FailedException(String.valueOf(tooEarly.getMessage()), tooEarly);
    }
  }

  @Override
  public String toString() {
    return account + "/" + mailbox;
  }
}
