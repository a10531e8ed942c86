package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.LogFold;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the index of mailboxes out of the change log. The rows are a function of the set of
 * changes: the merge rules hold because nothing here depends on which change came first.
 */
final class ChangeFold implements LogFold {
  /** Of the account that was last folded for: the next change is mostly of the same. */
  private volatile @Nullable Keys recent;

  @Override
  public byte[] fold(byte[] entry, FoldRows rows) throws IOException {
    if (LocalNote.isLocal(entry)) {
      LocalNote note = LocalNote.decode(entry);
      note.fold(rows);
      return note.logKey();
    }
    Change change = Change.decode(entry);
    foldOnce(change, keys(change.account()), rows);
    if (change.first() < change.sequence()) {
      rows.forgetLog(
          Change.logKey(change.account(), change.origin(), change.first()), change.logKey());
    }
    return change.logKey();
  }

  private Keys keys(String account) {
    @Nullable Keys keys = recent;
    if (keys == null || !keys.areOf(account)) {
      keys = new Keys(account);
      recent = keys;
    }
    return keys;
  }

  static void fold(Change change, FoldRows rows) throws IOException {
    foldOnce(change, new Keys(change.account()), rows);
  }

  private static void foldOnce(Change change, Keys keys, FoldRows rows) throws IOException {
    byte[] key = keys.seen(change.origin());
    Seen seen = Seen.decode(rows.get(key));
    if (seen.add(change.first(), change.sequence(), change.time())) {
      fold(change, keys, rows);
      // Last: a change counts as seen when all of it is folded.
      rows.put(key, seen.encode());
    }
  }

  /** Joins a change to what it speaks of, whether or not it was seen. */
  static void join(Change change, FoldRows rows) throws IOException {
    fold(change, new Keys(change.account()), rows);
  }

  private static void fold(Change change, Keys keys, FoldRows rows) throws IOException {
    Body body = change.body();
    if (body instanceof ItemBody item) {
      new ItemFold(keys, rows).fold(change.stamp(), item);
    } else if (body instanceof MailboxBody mailbox) {
      byte[] key = keys.mailbox(mailbox.mailbox());
      MailboxState state = MailboxState.decode(rows.get(key));
      state.join(change.stamp(), mailbox);
      rows.put(key, state.encode());
      if (mailbox instanceof MailboxBody.Numbering given) {
        rows.put(keys.validity(given.uidValidity(), given.mailbox()), new byte[0]);
      }
    } else if (body instanceof AccountBody account) {
      fold(change, account, keys, rows);
    }
  }

  private static void fold(Change change, AccountBody body, Keys keys, FoldRows rows)
      throws IOException {
    if (body instanceof AccountBody.AttributeSet set) {
      foldAttribute(change.stamp(), set, keys, rows);
      return;
    }
    if (body instanceof AccountBody.SignaturesRecorded recorded) {
      foldSignatures(change.stamp(), recorded, keys, rows);
      return;
    }
    if (body instanceof AccountBody.Trimmed) {
      return;
    }
    AccountState before = AccountState.decode(rows.get(keys.account()));
    rows.put(keys.account(), before.createdAt(change.stamp()).encode());
  }

  private static void foldAttribute(
      Stamp stamp, AccountBody.AttributeSet set, Keys keys, FoldRows rows) throws IOException {
    byte[] key = keys.attribute(set.mailbox().orElse(Attribute.OF_ACCOUNT), set.key());
    Attribute attribute = new Attribute(stamp, set.value());
    @Nullable Attribute before = Attribute.decode(rows.get(key));
    if (before == null || attribute.laterThan(before)) {
      rows.put(key, attribute.encode());
    }
  }

  /** The earliest record stands: nobody can know better later how it was on arrival. */
  private static void foldSignatures(
      Stamp stamp, AccountBody.SignaturesRecorded recorded, Keys keys, FoldRows rows)
      throws IOException {
    byte[] key = keys.signatures(recorded.message());
    Attribute record = new Attribute(stamp, Optional.of(recorded.record()));
    @Nullable Attribute before = Attribute.decode(rows.get(key));
    if (before == null || before.laterThan(record)) {
      rows.put(key, record.encode());
    }
  }
}
