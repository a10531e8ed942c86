package hapax.sync;

import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.blob.RowReader;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An account as it was at a moment; it refuses every change. */
final class PastAccount extends ReadAccount {
  private final Instant moment;

  PastAccount(String name, RowReader rows, Instant moment) {
    super(name, new AccountIndex(rows, name));
    this.moment = moment;
  }

  private UnsupportedOperationException past() {
    return new UnsupportedOperationException(
        "account " + name() + " as of " + moment + " can only be read");
  }

  @Override
  public Mailbox openMailbox(Intake unit, String name) {
    throw past();
  }

  @Override
  public void rename(Intake unit, Mailbox mailbox, String name) {
    throw past();
  }

  @Override
  public void delete(Intake unit, Mailbox mailbox) {
    throw past();
  }

  @Override
  public void subscribe(Intake unit, Mailbox mailbox, boolean subscribed) {
    throw past();
  }

  @Override
  public long add(Intake unit, MailboxId mailbox, NewItem item) {
    throw past();
  }

  @Override
  public boolean flag(Intake unit, ItemId item, Set<String> set, Set<String> clear) {
    throw past();
  }

  @Override
  public void move(Intake unit, ItemId item, MailboxId to) {
    throw past();
  }

  @Override
  public boolean expunge(Intake unit, ItemId item) {
    throw past();
  }

  @Override
  public void recordSignatures(Intake unit, RecordId message, String record) {
    throw past();
  }

  @Override
  public long restore(Intake unit, ItemId item, MailboxId to) {
    throw past();
  }

  @Override
  public void setAttribute(
      Intake unit, Optional<MailboxId> mailbox, String key, Optional<String> value) {
    throw past();
  }
}
