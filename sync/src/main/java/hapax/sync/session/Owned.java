package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.BlobStore;
import hapax.blob.Ownership;
import hapax.blob.RecordId;
import hapax.sync.Replication;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What a receiver need not ask for: what the accounts own of which the talk is. If it is of the
 * whole store, or the peer is trusted with it, also what nobody holds: content that came in a
 * session that was torn.
 */
final class Owned {
  /** Blobs that were looked up are remembered up to this many. */
  private static final int REMEMBERED = 200_000;

  private final BlobStore store;
  private final Ownership ownership;
  private final Replication.Owners owners;
  private final boolean wholeStore;
  private final Set<BlobId> known = new HashSet<>();

  Owned(BlobStore store, Replication replication, Set<String> accounts, boolean wholeStore) {
    this.store = store;
    this.ownership = store.ownership();
    this.owners = replication.owners(accounts);
    this.wholeStore = wholeStore;
  }

  boolean owns(RecordId message) throws IOException {
    return wholeStore ? store.hasRecord(message) : owners.holders(message, 1) > 0;
  }

  /** Whether a blob is owned, and not damaged. */
  boolean owns(BlobId blob) throws IOException {
    if (known.contains(blob)) {
      return true;
    }
    boolean there = ownership.length(blob).isPresent() && !ownership.isDamaged(blob);
    boolean owned = there && (wholeStore || owners.own(blob));
    if (owned) {
      remember(blob);
    }
    return owned;
  }

  private void remember(BlobId blob) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.add(blob);
  }
}
