package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Asks for what batches speak of and is neither owned here nor on its way. Used by one thread. */
final class Wants {
  private final Owned owned;
  private final Collection<Incoming> underWay;
  private final Inbox.Replies replies;
  private long blobsSkipped;

  /**
   * Wants of which nothing was said yet.
   *
   * @param underWay batches that came and are not yet durable; may be changed by other threads
   */
  Wants(Owned owned, Collection<Incoming> underWay, Inbox.Replies replies) {
    this.owned = owned;
    this.underWay = underWay;
    this.replies = replies;
  }

  /** Blobs that were not asked for. */
  long blobsSkipped() {
    return blobsSkipped;
  }

  /**
   * Asks for messages, and blobs of records, that are not owned and not yet on their way; says so
   * too if it is none of those that the sender offers. Nothing is said of a batch whose content
   * comes unasked. Gives whether anything will come, were it but the end of it.
   */
  boolean ask(Incoming incoming, int stage, List<RecordId> messages, Iterable<StoredRecord> records)
      throws IOException {
    List<BlobId> blobs = new ArrayList<>(Batch.blobs(records));
    blobs.removeAll(incoming.spokenOf);
    Incoming.Asked asked = new Incoming.Asked(stage, messages, blobs);
    for (int i = 0; i < messages.size(); i++) {
      RecordId message = messages.get(i);
      asked.set(i, !isComing(message, incoming) && !owned.owns(message));
    }
    for (int i = 0; i < blobs.size(); i++) {
      BlobId blob = blobs.get(i);
      boolean skipped = isComing(blob, incoming) || owned.owns(blob);
      blobsSkipped += skipped && !incoming.isFull ? 1 : 0;
      asked.set(messages.size() + i, !skipped);
    }
    incoming.ask(asked);
    if (incoming.isFull) {
      return asked.size() > 0;
    }
    if (asked.size() > 0) {
      replies.want(new Positions(incoming.batch.number(), stage, asked.wanted()));
    }
    return !asked.isEmpty();
  }

  /** Whether something will be there when a batch is applied: for it, or for one before it. */
  private boolean isComing(Object id, Incoming batch) {
    return underWay.stream()
        .filter(each -> each.batch.number() <= batch.batch.number())
        .anyMatch(each -> each.expected.contains(id));
  }
}
