package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.RowReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replica will not come back: what this store noted of it before counts no more. Should it come
 * all the same, it is noted anew. An entry of the log that is not handed on; {@code doc/session.md}
 * draws it.
 *
 * @param peer the other replica
 * @param when since when
 */
record RetiredNote(long peer, Stamp when) implements LocalNote {
  static final int KIND = 3;

  static RetiredNote readFrom(FieldReader from) throws IOException {
    return new RetiredNote(from.fixed64("peer"), from.stamp("time"));
  }

  @Override
  public byte[] encode() {
    return new FieldWriter().octet(LOCAL).octet(KIND).fixed64(peer).stamp(when).toBytes();
  }

  /** After those of the notes that it makes void. */
  @Override
  public byte[] logKey() {
    return ByteBuffer.allocate(2 + 3 * Long.BYTES).put(keyOfNotes(when)).put((byte) KIND).array();
  }

  /** The key before those of all notes of the peer from a moment on. */
  private byte[] keyOfNotes(Stamp from) {
    return ByteBuffer.allocate(1 + 3 * Long.BYTES)
        .put((byte) LOCAL)
        .putLong(peer)
        .putLong(from.time())
        .putLong(from.origin())
        .array();
  }

  /** The latest counts, and of other notes those after it; so the order does not matter. */
  @Override
  public void fold(FoldRows rows) throws IOException {
    byte[] key = Keys.retired(peer);
    if (isBefore(rows, peer, when)) {
      return;
    }
    rows.put(key, new FieldWriter().stamp(when).toBytes());
    List<byte[]> gone = new ArrayList<>();
    rows.scan(
        Keys.peer(peer, ""),
        Keys.afterPeer(peer),
        (row, value) -> addIf(PeerNote.Row.of(value).heard(), row, gone));
    rows.scan(
        Keys.debtsOf(peer),
        Keys.afterDebtsOf(peer),
        (row, value) -> addIf(((DebtNote) LocalNote.decode(value)).since(), row, gone));
    gone.forEach(rows::delete);
    rows.forgetLog(keyOfNotes(Stamp.NONE), keyOfNotes(when));
  }

  private boolean addIf(Stamp noted, byte[] row, List<byte[]> gone) {
    return noted.compareTo(when) > 0 || gone.add(row);
  }

  /** Whether a note of a peer is from before the peer was retired. */
  static boolean isBefore(RowReader rows, long peer, Stamp noted) throws IOException {
    @Nullable Stamp retired = when(rows, peer);
    return retired != null && noted.compareTo(retired) < 0;
  }

  /** Since when a peer is retired; null if it never was. */
  static @Nullable Stamp when(RowReader rows, long peer) throws IOException {
    byte @Nullable [] row = rows.get(Keys.retired(peer));
    if (row == null) {
      return null;
    }
    FieldReader from = new FieldReader("row of a retired peer", row);
    Stamp when = from.stamp("time");
    from.end();
    return when;
  }

  @Override
  public String text() {
    return Instant.ofEpochMilli(when.millis())
        + " peer "
        + Stamp.originText(peer)
        + " is retired: what was noted of it before is void";
  }
}
