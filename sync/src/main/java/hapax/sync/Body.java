package hapax.sync;

import java.io.IOException;

/** What a {@link Change} says. The page {@code doc/change.md} has the bytes of each. */
sealed interface Body permits AccountBody, MailboxBody, ItemBody, UnknownBody {
  /** From this code on, a reader that does not know a body passes over it. */
  int FIRST_OPTIONAL = 0x80;

  /** Code of the kind of body, one byte. */
  int code();

  /** Writes the fields, without the code. */
  void writeTo(FieldWriter to);

  /** Reads the body of that code to the end of {@code from}. */
  static Body read(int code, FieldReader from) throws IOException {
    return switch (code) {
      case AccountBody.Created.CODE -> new AccountBody.Created();
      case AccountBody.Trimmed.CODE -> AccountBody.Trimmed.readFrom(from);
      case AccountBody.AttributeSet.CODE -> AccountBody.AttributeSet.readFrom(from);
      case AccountBody.SignaturesRecorded.CODE -> AccountBody.SignaturesRecorded.readFrom(from);
      case MailboxBody.Created.CODE -> MailboxBody.Created.readFrom(from);
      case MailboxBody.Renamed.CODE -> MailboxBody.Renamed.readFrom(from);
      case MailboxBody.Deleted.CODE -> MailboxBody.Deleted.readFrom(from);
      case MailboxBody.Subscribed.CODE -> MailboxBody.Subscribed.readFrom(from);
      case MailboxBody.Renumbered.CODE -> MailboxBody.Renumbered.readFrom(from);
      case ItemBody.Added.CODE -> ItemBody.Added.readFrom(from);
      case ItemBody.Moved.CODE -> ItemBody.Moved.readFrom(from);
      case ItemBody.Flagged.CODE -> ItemBody.Flagged.readFrom(from);
      case ItemBody.Expunged.CODE -> ItemBody.Expunged.readFrom(from);
      case ItemBody.UidReassigned.CODE -> ItemBody.UidReassigned.readFrom(from);
      case ItemBody.Forgotten.CODE -> ItemBody.Forgotten.readFrom(from);
      default -> UnknownBody.readFrom(code, from);
    };
  }
}
