package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.RecordId;
import java.util.List;
import java.util.Map;

/** What is remembered of a batch that was sent, until the peer has made it durable. */
final class Offer {
  /** Its changes, without records: they are in the store. */
  final Batch batch;

  /** Its {@link BatchCutter.Cut#weight}. */
  final int bytes;

  final List<RecordId> messages;
  final List<BlobId> blobs;

  /** Blobs of the records that the peer wanted, as far as the batch had not spoken of them. */
  volatile List<BlobId> further = List.of();

  Offer(Batch batch, int bytes) {
    this.batch = new Batch(batch.number(), batch.entries(), Map.of());
    this.bytes = bytes;
    this.messages = List.copyOf(batch.offered());
    this.blobs = List.copyOf(Batch.blobs(batch.records().values()));
  }

  /** Fails if more is wanted than was offered. */
  void check(Positions wanted) throws SyncException {
    int offered =
        wanted.stage() == Positions.FIRST ? messages.size() + blobs.size() : further.size();
    if (wanted.wanted().length() > offered) {
      throw new SyncException(
          "the peer asked for number "
              + (wanted.wanted().length() - 1)
              + " of the "
              + offered
              + " offered with batch "
              + wanted.batch());
    }
  }
}
