package hapax.sync;

import hapax.blob.Intake;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * Appends the changes that a store itself makes to an account: numbers and stamps them, and keeps
 * the promise of UIDVALIDITY for one that comes after another ({@link Identity#heritage}). Its
 * owner lets one thread at a time in.
 */
final class OwnLog {
  /**
   * How far, in seconds, the UIDVALIDITYs that an heir gives are above its clock. Those that others
   * give may be above theirs, by a second for each mailbox made or renumbered in one second, and
   * their clocks above ours by {@link HybridClock#MAX_AHEAD}; the store that was lost may have
   * shown such a number for a mailbox that the copy does not know. Far below {@link
   * ChangeGate#UID_VALIDITY_AHEAD}.
   */
  static final long HEIR_AHEAD = 1L << 20;

  private final String account;
  private final AccountIndex index;
  private final HybridClock clock;
  private final BeforeChange before;
  private Identity self;
  private long sequence;

  /** To be done before a change is appended; see {@link LogMailStore#beforeChange}. */
  @FunctionalInterface
  interface BeforeChange {
    void run() throws IOException;
  }

  OwnLog(String account, AccountIndex index, Identity self, HybridClock clock, BeforeChange before)
      throws IOException {
    this.account = account;
    this.index = index;
    this.clock = clock;
    this.before = before;
    this.self = self;
    this.sequence = index.seen(self.id()).highest();
  }

  /** Makes changes as somebody else from now on. */
  void become(Identity next) throws IOException {
    self = next;
    sequence = index.seen(next.id()).highest();
  }

  /** Whose changes these are. */
  long origin() {
    return self.id();
  }

  /** Appends a change. */
  void append(Intake unit, Body body) throws IOException {
    disown(unit);
    write(unit, body);
  }

  private void write(Intake unit, Body body) throws IOException {
    before.run();
    unit.append(new Change(self.id(), sequence + 1, clock.next(), account, body).encode());
    sequence++;
  }

  /**
   * Before the first change of an heir: its store may have given UIDs that are not known here, and
   * clients may have seen them; so none of the mailboxes goes on under its UIDVALIDITY.
   */
  void disown(Intake unit) throws IOException {
    if (sequence == 0 && self.heritage().isPresent()) {
      renumber(unit, index.mailboxes().ids(), unusedUidValidity());
    }
  }

  /**
   * A mailbox has a UIDVALIDITY that was given elsewhere: whether that was before an heir was one,
   * so that its store may have shown it, too. Creations count with a margin for clocks that differ;
   * answers of other heirs do not, or two would answer each other without end.
   */
  boolean mayHaveBeenShown(MailboxBody body, Stamp given) {
    long margin = body instanceof MailboxBody.Created ? HybridClock.MAX_AHEAD.toMillis() : 0;
    return self.heritage().filter(from -> given.millis() <= from.millis() + margin).isPresent();
  }

  /**
   * To be called after changes of others that speak of mailboxes were appended.
   *
   * <p>Those whose UIDVALIDITY {@linkplain #mayHaveBeenShown may have been shown} get others.
   *
   * <p>So do those that share theirs: two stores that had not met gave one number to two mailboxes,
   * in one second. Else the one that is given the name of the other later would show its mail for
   * that of the other (RFC 9051, 2.3.1.1). The numbers follow from what is known, not from the
   * clock, so that two that know the same give the same. Where others would refuse them, because
   * somebody gave the highest that may be, nothing is given yet.
   */
  void tellApart(Intake unit, Collection<MailboxId> shown) throws IOException {
    if (!shown.isEmpty()) {
      renumber(unit, shown, unusedUidValidity());
    }
    List<MailboxId> shared = index.mailboxes().ofSharedUidValidity();
    if (shared.isEmpty()) {
      return;
    }
    long first = index.mailboxes().highestUidValidity() + 1;
    if (first + shared.size() <= clock.wallSeconds() + ChangeGate.UID_VALIDITY_AHEAD) {
      renumber(unit, shared, first);
    }
  }

  private void renumber(Intake unit, Collection<MailboxId> mailboxes, long first)
      throws IOException {
    long next = first;
    for (MailboxId mailbox : mailboxes) {
      long validity = Math.min(next, MailboxBody.MAX_NUMBER);
      write(unit, new MailboxBody.Renumbered(mailbox, validity));
      next++;
    }
  }

  /** One that no mailbox of the account had, here or at the store that an heir comes after. */
  long unusedUidValidity() throws IOException {
    long ahead = self.heritage().isPresent() ? HEIR_AHEAD : 0;
    return Math.max(clock.wallSeconds() + ahead, index.mailboxes().highestUidValidity() + 1);
  }
}
