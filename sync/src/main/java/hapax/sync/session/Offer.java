package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered of a batch that was sent, until the peer has made it durable: what it offered,
 * and what the peer has still to ask for. For any thread.
 */
final class Offer {
  /** Its changes, without records: they are in the store. */
  final Batch batch;

  /** Its {@link BatchCutter.Cut#weight}. */
  final int bytes;

  final List<RecordId> messages;
  final List<BlobId> blobs;

  /** Blobs of the records that the peer wanted, as far as the batch had not spoken of them. */
  private List<BlobId> further = List.of();

  private Due due;

  /** What comes next. */
  private enum Due {
    /** The peer says what it wants of what came with the batch. */
    FIRST_WANT,
    /** The peer says what it wants of what came with the records that it wanted. */
    SECOND_WANT,
    /** What the peer wants is sent. */
    CONTENT,
    /** Nothing: the batch is complete. */
    NOTHING
  }

  Offer(Batch batch, int bytes) {
    this.batch = new Batch(batch.number(), batch.entries(), Map.of());
    this.bytes = bytes;
    this.messages = List.copyOf(batch.offered());
    this.blobs = List.copyOf(Batch.blobs(batch.records().values()));
    this.due = messages.isEmpty() && blobs.isEmpty() ? Due.NOTHING : Due.FIRST_WANT;
  }

  /** Whether the peer needs no more content of it than was sent. */
  synchronized boolean isComplete() {
    return due == Due.NOTHING;
  }

  /** Blobs that are offered in a stage. */
  synchronized List<BlobId> blobs(int stage) {
    return stage == Positions.FIRST ? blobs : further;
  }

  /** The peer says what it wants; fails if that is not due, or was not offered. */
  synchronized void want(Positions wanted) throws SyncException {
    if (due != (wanted.stage() == Positions.FIRST ? Due.FIRST_WANT : Due.SECOND_WANT)) {
      throw new SyncException(
          "the peer asked in stage "
              + wanted.stage()
              + " for content of batch "
              + wanted.batch()
              + ", which is not due");
    }
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
    due = wanted.wanted().isEmpty() ? Due.NOTHING : Due.CONTENT;
  }

  /** All was sent that was wanted in a stage, these records among it; the end of it is next. */
  synchronized void sent(int stage, List<StoredRecord> records) {
    if (stage == Positions.FIRST) {
      Set<BlobId> more = new LinkedHashSet<>(Batch.blobs(records));
      blobs.forEach(more::remove);
      further = List.copyOf(more);
    }
    due = stage == Positions.FIRST && !further.isEmpty() ? Due.SECOND_WANT : Due.NOTHING;
  }
}
