package hapax.sync;

import hapax.blob.FoldRows;
import hapax.blob.StoreFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
record PeerNote(long peer, Stamp heard, SortedMap<String, VersionVector> seen) {
  /** The first byte of entries that are no changes, and of their keys in the log. */
  static final int LOCAL = 0;

  private static final int KIND = 1;

  PeerNote {
    seen = new TreeMap<>(seen);
  }

  static boolean isLocal(byte[] entry) {
    return entry.length > 0 && entry[0] == LOCAL;
  }

  byte[] encode() {
    FieldWriter to = new FieldWriter().octet(LOCAL).octet(KIND).fixed64(peer).stamp(heard);
    to.varint(seen.size());
    seen.forEach(
        (account, vector) -> {
          to.text(account);
          vector.writeTo(to);
        });
    return to.toBytes();
  }

  static PeerNote decode(byte[] entry) throws IOException {
    FieldReader from = new FieldReader("note of a peer", entry);
    from.octet("first byte");
    int kind = from.octet("kind");
    if (kind != KIND) {
      throw new StoreFormatException(
          "the log has an entry of kind " + kind + "; a newer version of the program is needed");
    }
    long peer = from.fixed64("peer");
    Stamp heard = from.stamp("time");
    SortedMap<String, VersionVector> seen = new TreeMap<>();
    int accounts = from.count("accounts", 2);
    for (int i = 0; i < accounts; i++) {
      seen.put(from.text("account"), VersionVector.readFrom(from));
    }
    from.end();
    return new PeerNote(peer, heard, seen);
  }

  /** Where the log keeps it. */
  byte[] logKey() {
    return ByteBuffer.allocate(1 + 3 * Long.BYTES)
        .put((byte) LOCAL)
        .putLong(peer)
        .putLong(heard.time())
        .putLong(heard.origin())
        .array();
  }

  /** The latest note of each account of each peer counts. */
  void fold(FoldRows rows) throws IOException {
    for (var account : seen.entrySet()) {
      byte[] key = Keys.peer(peer, account.getKey());
      @Nullable Row before = Row.decode(rows.get(key));
      if (before == null || before.heard().compareTo(heard) < 0) {
        rows.put(key, new Row(heard, account.getValue()).encode());
      }
    }
  }

  /** What the index keeps of a peer and an account. */
  record Row(Stamp heard, VersionVector seen) {
    byte[] encode() {
      FieldWriter to = new FieldWriter().stamp(heard);
      seen.writeTo(to);
      return to.toBytes();
    }

    static @Nullable Row decode(byte @Nullable [] row) throws IOException {
      if (row == null) {
        return null;
      }
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
