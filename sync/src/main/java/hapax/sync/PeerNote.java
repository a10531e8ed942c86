package hapax.sync;

import hapax.blob.FoldRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was heard of a peer: which changes it has seen. An entry of the log that is no change and is
 * not handed on; {@code doc/session.md} draws it.
 *
 * @param peer the other replica
 * @param heard when
 * @param seen what the peer had seen then, by account
 */
record PeerNote(long peer, Stamp heard, SortedMap<String, VersionVector> seen)
    implements LocalNote {
  static final int KIND = 1;

  PeerNote {
    seen = new TreeMap<>(seen);
  }

  @Override
  public byte[] encode() {
    FieldWriter to = new FieldWriter().octet(LOCAL).octet(KIND).fixed64(peer).stamp(heard);
    to.varint(seen.size());
    seen.forEach(
        (account, vector) -> {
          to.text(account);
          vector.writeTo(to);
        });
    return to.toBytes();
  }

  static PeerNote readFrom(FieldReader from) throws IOException {
    long peer = from.fixed64("peer");
    Stamp heard = from.stamp("time");
    SortedMap<String, VersionVector> seen = new TreeMap<>();
    int accounts = from.count("accounts", 2);
    for (int i = 0; i < accounts; i++) {
      seen.put(from.text("account"), VersionVector.readFrom(from));
    }
    return new PeerNote(peer, heard, seen);
  }

  @Override
  public byte[] logKey() {
    return ByteBuffer.allocate(1 + 3 * Long.BYTES)
        .put((byte) LOCAL)
        .putLong(peer)
        .putLong(heard.time())
        .putLong(heard.origin())
        .array();
  }

  /** The latest note of each account of each peer counts. */
  @Override
  public void fold(FoldRows rows) throws IOException {
    if (RetiredNote.isBefore(rows, peer, heard)) {
      return;
    }
    for (var account : seen.entrySet()) {
      byte[] key = Keys.peer(peer, account.getKey());
      @Nullable Row before = Row.decode(rows.get(key));
      if (before == null || before.heard().compareTo(heard) < 0) {
        rows.put(key, new Row(heard, account.getValue()).encode());
      }
    }
  }

  @Override
  public String text() {
    StringBuilder line = new StringBuilder();
    line.append(Instant.ofEpochMilli(heard.millis()));
    line.append(" peer ").append(Stamp.originText(peer)).append(" has seen");
    seen.forEach((account, vector) -> line.append(' ').append(account).append(vector));
    return line.toString();
  }

  /** What the index keeps of a peer and an account. */
  record Row(Stamp heard, VersionVector seen) {
    byte[] encode() {
      FieldWriter to = new FieldWriter().stamp(heard);
      seen.writeTo(to);
      return to.toBytes();
    }

    static @Nullable Row decode(byte @Nullable [] row) throws IOException {
      return row == null ? null : of(row);
    }

    static Row of(byte[] row) throws IOException {
      FieldReader from = new FieldReader("row of a peer", row);
      Row read = new Row(from.stamp("time"), VersionVector.readFrom(from));
      from.end();
      return read;
    }

    static String account(byte[] key) {
      int start = 1 + Long.BYTES;
      return new String(key, start, key.length - start, StandardCharsets.UTF_8);
    }
  }
}
