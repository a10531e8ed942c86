package hapax.sync;

import hapax.blob.RecordId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The reading half of an account, over its index. */
abstract sealed class ReadAccount implements Account permits LogAccount, PastAccount {
  private final String name;
  final AccountIndex index;

  ReadAccount(String name, AccountIndex index) {
    this.name = name;
    this.index = index;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean isThere() throws IOException {
    return index.account().created() != null;
  }

  @Override
  public final List<Mailbox> mailboxes() throws IOException {
    return index.mailboxes().shown();
  }

  @Override
  public final Optional<Mailbox> mailbox(String name) throws IOException {
    return index.mailboxes().shown(name);
  }

  @Override
  public final void items(MailboxId mailbox, long fromUid, ItemVisitor visitor) throws IOException {
    index.items(mailbox, fromUid, visitor);
  }

  @Override
  public final void standing(StandingVisitor visitor) throws IOException {
    index.standing().show(visitor);
  }

  @Override
  public final long shownItems() throws IOException {
    return index.standing().count();
  }

  @Override
  public final void expungedItems(MailboxId mailbox, ItemVisitor visitor) throws IOException {
    index.expungedItems(mailbox, visitor);
  }

  @Override
  public final boolean wasRestored(ItemId item) throws IOException {
    return index.wasRestored(item);
  }

  @Override
  public final long expungedBefore(Instant moment) throws IOException {
    return index.restorable(Math.max(0, moment.toEpochMilli()));
  }

  @Override
  public final long withoutMessage() throws IOException {
    return index.withoutMessage();
  }

  @Override
  public final boolean isForgotten(ItemId id) throws IOException {
    return index.isForgotten(id);
  }

  @Override
  public final List<Mailbox> deletedMailboxes() throws IOException {
    return index.mailboxes().deleted();
  }

  @Override
  public final List<Mailbox> generations(String name) throws IOException {
    return index.mailboxes().generations(name);
  }

  @Override
  public final Optional<Item> item(MailboxId mailbox, long uid) throws IOException {
    return index.item(mailbox, uid);
  }

  @Override
  public final Optional<Item> item(ItemId id) throws IOException {
    return index.item(id);
  }

  @Override
  public final Optional<String> signatures(RecordId message) throws IOException {
    return index.signatures(message);
  }

  @Override
  public final void recordedSignatures(MessageVisitor visitor) throws IOException {
    index.recordedSignatures(visitor);
  }

  @Override
  public final Optional<String> attribute(Optional<MailboxId> mailbox, String key)
      throws IOException {
    return index.attribute(mailbox, key);
  }
}
