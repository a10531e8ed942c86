package hapax.sync;

import hapax.blob.BlobStore;
import hapax.blob.Intake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a store notes of its peers. */
final class Peers {
  private final LogMailStore store;
  private final BlobStore blobs;

  Peers(LogMailStore store) {
    this.store = store;
    this.blobs = store.blobs();
  }

  /** See {@link Replication#peers}. */
  SortedMap<Long, Replication.Peer> all() throws IOException {
    SortedMap<Long, Replication.Peer> peers = new TreeMap<>();
    blobs
        .rows()
        .scan(
            new byte[] {Keys.PEER},
            new byte[] {Keys.PEER + 1},
            (key, value) -> {
              long replica = ByteBuffer.wrap(key).getLong(1);
              peers.merge(replica, peer(replica, key, PeerNote.Row.of(value)), Peers::both);
              return true;
            });
    return peers;
  }

  private static Replication.Peer peer(long replica, byte[] key, PeerNote.Row row) {
    return new Replication.Peer(
        replica,
        Instant.ofEpochMilli(row.heard().millis()),
        new TreeMap<>(Map.of(PeerNote.Row.account(key), row.seen())));
  }

  private static Replication.Peer both(Replication.Peer one, Replication.Peer other) {
    one.seen().putAll(other.seen());
    return one.heard().isBefore(other.heard())
        ? new Replication.Peer(one.replica(), other.heard(), one.seen())
        : one;
  }

  /** See {@link Replication#seenBy}. */
  SortedMap<String, VersionVector> seenBy(long peer) throws IOException {
    SortedMap<String, VersionVector> seen = new TreeMap<>();
    blobs
        .rows()
        .scan(
            Keys.peer(peer, ""),
            Keys.afterPeer(peer),
            (key, value) -> {
              seen.put(PeerNote.Row.account(key), PeerNote.Row.of(value).seen());
              return true;
            });
    return seen;
  }

  /** See {@link Replication#heard}. */
  void heard(long peer, Map<String, VersionVector> seen) throws IOException {
    SortedMap<String, VersionVector> news = new TreeMap<>(seen);
    Map<String, VersionVector> before = seenBy(peer);
    news.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    if (!news.isEmpty()) {
      append(new PeerNote(peer, now(peer), news));
    }
  }

  /** See {@link Replication#retire}. */
  void retire(long peer) throws IOException {
    blobs.commit();
    blobs.withoutSweep(() -> append(new RetiredNote(peer, now(peer))));
    blobs.commit();
  }

  private void append(LocalNote note) throws IOException {
    try (Intake unit = blobs.intake()) {
      unit.append(note.encode());
    }
  }

  /**
   * The time of a new note of a peer: after all that were noted of it, for the latest counts. The
   * clock may have stepped back since, and notes do not set it.
   */
  Stamp now(long peer) throws IOException {
    long[] time = {store.clock().next()};
    @Nullable Stamp retired = RetiredNote.when(blobs.rows(), peer);
    if (retired != null) {
      goAfter(retired, time);
    }
    blobs
        .rows()
        .scan(
            Keys.peer(peer, ""),
            Keys.afterPeer(peer),
            (key, value) -> goAfter(PeerNote.Row.of(value).heard(), time));
    blobs
        .rows()
        .scan(
            Keys.debtsOf(peer),
            Keys.afterDebtsOf(peer),
            (key, value) -> goAfter(((DebtNote) LocalNote.decode(value)).since(), time));
    return new Stamp(time[0], store.identity().id());
  }

  private static boolean goAfter(Stamp noted, long[] time) {
    if (Long.compareUnsigned(noted.time(), time[0]) >= 0) {
      time[0] = noted.time() + 1;
    }
    return true;
  }
}
