package hapax.sync;

import hapax.blob.BlobStore;
import hapax.blob.Intake;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this store and others owe each other: notes of it, and which of them are open. */
final class Debts {
  private final Peers peers;
  private final BlobStore blobs;

  Debts(LogMailStore store, Peers peers) {
    this.peers = peers;
    this.blobs = store.blobs();
  }

  /** Those that are not paid, by peer, who owes, and account. */
  List<Debt> open() throws IOException {
    List<Debt> open = new ArrayList<>();
    blobs
        .rows()
        .scan(
            new byte[] {Keys.DEBT},
            new byte[] {Keys.DEBT + 1},
            (key, value) -> {
              DebtNote note = (DebtNote) LocalNote.decode(value);
              if (seen(note) < note.number()) {
                Instant since = Instant.ofEpochMilli(note.since().millis());
                open.add(new Debt(note.peer(), note.ours(), note.account(), since, note.reason()));
              }
              return true;
            });
    return open;
  }

  /** Up to which number whoever wants the change has seen those of its origin. */
  private long seen(DebtNote note) throws IOException {
    if (!note.ours()) {
      Keys keys = new Keys(note.account());
      return Seen.decode(blobs.rows().get(keys.seen(note.origin()))).upTo();
    }
    byte @Nullable [] peer = blobs.rows().get(Keys.peer(note.peer(), note.account()));
    PeerNote.@Nullable Row row = PeerNote.Row.decode(peer);
    return row == null ? 0 : row.seen().number(note.origin());
  }

  /** See {@link Replication#owe}. */
  void owe(long peer, boolean ours, LogEntry change, String reason) throws IOException {
    byte @Nullable [] row = blobs.rows().get(Keys.debt(peer, ours, change.account()));
    if (row != null && isOf(change, (DebtNote) LocalNote.decode(row))) {
      return;
    }
    Stamp now = peers.now(peer);
    DebtNote note =
        new DebtNote(peer, ours, now, change.account(), change.origin(), change.sequence(), reason);
    try (Intake unit = blobs.intake()) {
      unit.append(note.encode());
    }
  }

  private static boolean isOf(LogEntry change, DebtNote note) {
    return note.origin() == change.origin() && note.number() == change.sequence();
  }
}
