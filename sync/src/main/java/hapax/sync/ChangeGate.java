package hapax.sync;

import hapax.blob.CorruptStoreException;
import hapax.blob.StoreFormatException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a change from elsewhere may come in, given all that came before. Who made it is
 * not asked: a peer hands on the changes of others, and any of them may be wrong.
 */
final class ChangeGate {
  /**
   * How far, in seconds, a mailbox's UIDVALIDITY may be above the time of the change that gives it:
   * as many mailboxes can be made in one second. It is joined by the highest, so a leap to the
   * highest of all would leave no number for the next mailbox.
   */
  static final long UID_VALIDITY_AHEAD = 1L << 24;

  private final String account;
  private final AccountIndex index;
  private final HybridClock clock;
  private final long self;

  /**
   * The gate to an account.
   *
   * @param self the identity of this store
   */
  ChangeGate(String account, AccountIndex index, HybridClock clock, long self) {
    this.account = account;
    this.index = index;
    this.clock = clock;
    this.self = self;
  }

  /** What is to be done with a change. */
  sealed interface Verdict {
    /** It may come in. */
    record Welcome(Change change) implements Verdict {}

    /** It came in before. */
    record Known() implements Verdict {}

    /** It must stay out, for a reason in one line. */
    record Refused(String line) implements Verdict {}
  }

  /** Judges a change by its bytes. */
  Verdict judge(byte[] bytes) throws IOException {
    Change change;
    try {
      change = Change.decode(bytes);
    } catch (CorruptStoreException | StoreFormatException bad) {
      return new Verdict.Refused(String.valueOf(bad.getMessage()));
    }
    Seen seen = index.seen(change.origin());
    if (seen.covers(change.sequence()) && change.account().equals(account)) {
      return new Verdict.Known();
    }
    Optional<String> why = objection(change, seen);
    return why.isEmpty()
        ? new Verdict.Welcome(change)
        : new Verdict.Refused(name(change) + " " + why.get());
  }

  private Optional<String> objection(Change change, Seen seen) throws IOException {
    Optional<String> why = wrongPlace(change, seen);
    if (why.isEmpty()) {
      why = wrongTime(change, seen);
    }
    return why.isEmpty() ? leap(change) : why;
  }

  private static String name(Change change) {
    return "change "
        + change.sequence()
        + " of replica "
        + Stamp.originText(change.origin())
        + " to account "
        + change.account();
  }

  private Optional<String> wrongPlace(Change change, Seen seen) {
    if (!change.account().equals(account)) {
      return Optional.of("came among those of account " + account);
    }
    if (change.origin() == self) {
      return Optional.of(
          "was made under this store's own identity, but is not known here: the store was copied or"
              + " rolled back and needs a new identity");
    }
    long before = seen.upTo();
    if (change.first() > before + 1) {
      return Optional.of("came before number " + (before + 1));
    }
    return Optional.empty();
  }

  private Optional<String> wrongTime(Change change, Seen seen) {
    long before = seen.latestTime();
    if (Long.compareUnsigned(change.time(), before) <= 0) {
      return Optional.of(
          "is stamped " + text(change.time()) + ", not after the one before, " + text(before));
    }
    if (!clock.observe(change.time())) {
      return Optional.of(
          "is stamped "
              + text(change.time())
              + ", more than "
              + HybridClock.MAX_AHEAD.toHours()
              + " hours ahead of the clock here: one of the two clocks is wrong");
    }
    return Optional.empty();
  }

  private static String text(long time) {
    return Instant.ofEpochMilli(Stamp.millisOf(time)).toString();
  }

  private Optional<String> leap(Change change) throws IOException {
    Body body = change.body();
    if (body instanceof ItemBody.Numbering given) {
      return uidLeap(given.mailbox(), given.uid());
    }
    if (body instanceof MailboxBody.Created made) {
      return validityLeap(made.uidValidity(), change);
    }
    if (body instanceof MailboxBody.Renumbered renumbered) {
      return validityLeap(renumbered.uidValidity(), change);
    }
    return Optional.empty();
  }

  private static Optional<String> validityLeap(long validity, Change change) {
    return beyond("UIDVALIDITY", validity, change.stamp().millis() / 1000 + UID_VALIDITY_AHEAD);
  }

  /**
   * Who gives a UID knows all that were given before it, and changes come after those that their
   * maker knew: so a UID is never more than one above the highest known.
   */
  private Optional<String> uidLeap(MailboxId mailbox, long uid) throws IOException {
    return beyond("UID", uid, index.counts(mailbox).highestUid() + 1);
  }

  private static Optional<String> beyond(String what, long found, long most) {
    return found <= most
        ? Optional.empty()
        : Optional.of("gives " + what + " " + found + ", expected at most " + most);
  }
}
