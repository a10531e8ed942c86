package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.Ownership;
import hapax.blob.RecordId;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a peer that can not be asked is known to own: the messages of items whose additions it has
 * seen, if these stand here, and the blobs in them. Items that were expunged do not count: the peer
 * may have forgotten them, though this store has not. Remembers 8 bytes of each message's digest:
 * should two be alike, a message is left out that the peer then lists as a debt.
 */
final class PeerOwned {
  /** How many records that refer to a blob are looked at before it counts as not owned. */
  private static final int MOST_RECORDS = 1000;

  private final Ownership ownership;
  private final Replication.Owners owners;
  private final Set<Long> messages = new HashSet<>();

  PeerOwned(Replication replication, Ownership ownership, Map<String, VersionVector> seenByPeer)
      throws IOException {
    this.ownership = ownership;
    this.owners = replication.owners(seenByPeer.keySet());
    for (Map.Entry<String, VersionVector> account : seenByPeer.entrySet()) {
      replication.standing(
          account.getKey(),
          account.getValue(),
          message -> {
            messages.add(start(message));
            return true;
          });
    }
  }

  private static long start(RecordId message) {
    return ByteBuffer.wrap(message.toBytes()).getLong();
  }

  boolean owns(RecordId message) throws IOException {
    return messages.contains(start(message)) && owners.holders(message, 1) > 0;
  }

  boolean owns(BlobId blob) throws IOException {
    int[] left = {MOST_RECORDS};
    boolean[] owned = {false};
    ownership.records(
        blob,
        record -> {
          owned[0] = owns(record);
          return !owned[0] && --left[0] > 0;
        });
    return owned[0];
  }
}
