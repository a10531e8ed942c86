package hapax.sync;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a mailbox.
 *
 * @param items how many items are in it
 * @param highestUid the highest UID that was ever given in it, 0 if none was
 */
record MailboxCounts(long items, long highestUid) {
  MailboxCounts withItems(int more) {
    return new MailboxCounts(items + more, highestUid);
  }

  MailboxCounts withUid(long uid) {
    return new MailboxCounts(items, Math.max(highestUid, uid));
  }

  byte[] encode() {
    return new FieldWriter().varint(items).varint(highestUid).toBytes();
  }

  static MailboxCounts decode(byte @Nullable [] row) throws IOException {
    if (row == null) {
      return new MailboxCounts(0, 0);
    }
    FieldReader from = new FieldReader("row of a mailbox's figures", row);
    MailboxCounts counts =
        new MailboxCounts(
            from.varint("items"), from.varint("highest UID", 0, MailboxBody.MAX_NUMBER));
    from.end();
    return counts;
  }
}
