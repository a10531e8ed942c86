package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.RowReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long this store keeps what was expunged, from now on. An entry of the log that is not handed
 * on: each store keeps by a time of its own. {@code doc/merge.md} draws it.
 *
 * @param when since when; the latest counts
 * @param days whole days
 */
record RetentionNote(Stamp when, int days) implements LocalNote {
  static final int KIND = 5;

  static RetentionNote readFrom(FieldReader from) throws IOException {
    return new RetentionNote(
        from.stamp("time"), (int) from.varint("days", 0, MailStore.MOST_RETENTION_DAYS));
  }

  @Override
  public byte[] encode() {
    return new FieldWriter().octet(LOCAL).octet(KIND).stamp(when).varint(days).toBytes();
  }

  /** After those of the notes that it makes void. */
  @Override
  public byte[] logKey() {
    return key(when);
  }

  private static byte[] key(Stamp of) {
    return ByteBuffer.allocate(2 + 2 * Long.BYTES)
        .put((byte) OF_THIS_STORE)
        .put((byte) KIND)
        .putLong(of.time())
        .putLong(of.origin())
        .array();
  }

  @Override
  public void fold(FoldRows rows) throws IOException {
    @Nullable RetentionNote before = read(rows);
    if (before == null || before.when().compareTo(when) < 0) {
      rows.put(Keys.retention(), encode());
    }
    rows.forgetLog(key(Stamp.NONE), logKey());
  }

  /** The one that counts; null if there never was one. */
  static @Nullable RetentionNote read(RowReader rows) throws IOException {
    byte @Nullable [] row = rows.get(Keys.retention());
    return row == null ? null : (RetentionNote) LocalNote.decode(row);
  }

  @Override
  public String text() {
    return Instant.ofEpochMilli(when.millis())
        + " this store keeps what is expunged for "
        + days
        + (days == 1 ? " day" : " days");
  }
}
