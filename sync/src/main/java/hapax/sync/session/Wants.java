package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.CorruptStoreException;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what batches speak of and is neither owned here nor on its way; content comes in the
 * order in which it was asked for. Used by one thread.
 */
final class Wants {
  private final Owned owned;
  private final Collection<Incoming> underWay;
  private final Inbox.Replies replies;

  /** Batches for which something was asked, in the order in which it will come. */
  private final Deque<Incoming> asking = new ArrayDeque<>();

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

  /** Asks for messages, and blobs of records, that are not owned and not yet on their way. */
  void ask(Incoming incoming, int stage, List<RecordId> messages, Iterable<StoredRecord> records)
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
      blobsSkipped += skipped ? 1 : 0;
      asked.set(messages.size() + i, !skipped);
    }
    incoming.ask(asked);
    if (asked.isEmpty()) {
      incoming.complete = true;
    } else {
      asking.add(incoming);
      replies.want(new Positions(incoming.batch.number(), stage, asked.wanted()));
    }
  }

  /** Whether something will be there when a batch is applied: for it, or for one before it. */
  private boolean isComing(Object id, Incoming batch) {
    return underWay.stream()
        .filter(each -> each.batch.number() <= batch.batch.number())
        .anyMatch(each -> each.expected.contains(id));
  }

  /** The batch whose content comes; fails if nothing was asked for. */
  Incoming current(Frame frame) throws CorruptStoreException {
    @Nullable Incoming first = asking.peek();
    if (first == null) {
      throw frame.fields().fault(0, "nothing that was not asked for", frame.kind() + "");
    }
    return first;
  }

  /** All that was asked for in this stage of the current batch came, or will not come. */
  void came() {
    asking.remove();
  }
}
