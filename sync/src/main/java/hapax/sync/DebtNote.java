package hapax.sync;

import hapax.blob.FoldRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Content that a change needs was not in a bundle: whoever wanted the change stands before it, and
 * a later exchange owes it. It is paid once that change is seen, which the vectors tell; so nothing
 * is written then. An entry of the log that is not handed on; {@code doc/bundle.md} draws it.
 *
 * @param peer the other replica
 * @param ours whether this store owes the peer; else the peer owes this store
 * @param since when that was found first
 * @param account the account that stops there
 * @param origin who made the change
 * @param number its number
 * @param reason what is lacking, and why, in one line
 */
record DebtNote(
    long peer, boolean ours, Stamp since, String account, long origin, long number, String reason)
    implements LocalNote {
  static final int KIND = 2;

  static DebtNote readFrom(FieldReader from) throws IOException {
    return new DebtNote(
        from.fixed64("peer"),
        from.varint("who owes", 0, 1) == 1,
        from.stamp("time"),
        from.text("account"),
        from.fixed64("origin"),
        from.varint("number", 1, Long.MAX_VALUE),
        from.text("reason"));
  }

  @Override
  public byte[] encode() {
    FieldWriter to = new FieldWriter().octet(LOCAL).octet(KIND).fixed64(peer);
    to.octet(ours ? 1 : 0).stamp(since).text(account).fixed64(origin).varint(number).text(reason);
    return to.toBytes();
  }

  /** One byte longer than that of a {@link PeerNote}. */
  @Override
  public byte[] logKey() {
    return ByteBuffer.allocate(2 + 3 * Long.BYTES)
        .put((byte) LOCAL)
        .putLong(peer)
        .putLong(since.time())
        .putLong(since.origin())
        .put((byte) KIND)
        .array();
  }

  /** The latest of each peer, direction and account counts: an account stops at one change. */
  @Override
  public void fold(FoldRows rows) throws IOException {
    if (RetiredNote.isBefore(rows, peer, since)) {
      return;
    }
    byte[] key = Keys.debt(peer, ours, account);
    byte @Nullable [] row = rows.get(key);
    if (row == null || ((DebtNote) LocalNote.decode(row)).since().compareTo(since) < 0) {
      rows.put(key, encode());
    }
  }

  @Override
  public String text() {
    return Instant.ofEpochMilli(since.millis())
        + (ours ? " owed to " : " owed by ")
        + Stamp.originText(peer)
        + " account "
        + account
        + ": "
        + reason;
  }
}
