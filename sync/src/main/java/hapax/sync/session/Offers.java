package hapax.sync.session;

import hapax.sync.LogEntry;
import hapax.sync.VersionVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The batches that are on their way, and what the peer has made durable of those before. Not for
 * several threads at once; the {@link Outbox} guards it.
 */
final class Offers {
  /**
   * Batches on their way beyond which no further one is sent: one is applied, one proven and one
   * stored while the next comes, and a few lie between, so that none of the four waits.
   */
  static final int MOST_BATCHES = 8;

  /** Bytes of batches on their way, before compression, from which on no further one is sent. */
  static final int WINDOW = 8 << 20;

  private final NavigableMap<Long, Offer> underWay = new TreeMap<>();
  private final Map<String, VersionVector> acknowledged = new HashMap<>();
  private long bytes;
  private long changesAcknowledged;

  /** A batch is sent. */
  void put(Offer offer) {
    underWay.put(offer.batch.number(), offer);
    bytes += offer.bytes;
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }

  /** Whether the peer has all that it wants of every batch; only of the last it may lack any. */
  boolean areComplete() {
    return underWay.isEmpty() || underWay.lastEntry().getValue().isComplete();
  }

  /** Whether one more batch may be sent. */
  boolean mayBeFollowed() {
    return areComplete() && bytes < WINDOW && underWay.size() < MOST_BATCHES;
  }

  /** A batch that is on its way; fails if it is not. */
  Offer get(long batch) throws SyncException {
    Offer offer = underWay.get(batch);
    if (offer == null) {
      throw new SyncException("the peer speaks of batch " + batch + ", which is not on its way");
    }
    return offer;
  }

  /** The peer has made a batch durable; {@code before} says what it had seen before. */
  void acknowledged(Ack ack, Function<String, VersionVector> before) throws SyncException {
    Offer offer = get(ack.batch());
    if (!offer.isComplete()) {
      throw new SyncException(
          "the peer acknowledged batch " + ack.batch() + " before it had all that it wants of it");
    }
    for (Map.Entry<String, List<LogEntry>> taken : ack.taken(offer.batch).entrySet()) {
      changesAcknowledged += taken.getValue().size();
      VersionVector vector =
          acknowledged.computeIfAbsent(taken.getKey(), before).join(Batch.seen(taken.getValue()));
      acknowledged.put(taken.getKey(), vector);
    }
    underWay.remove(ack.batch());
    bytes -= offer.bytes;
  }

  /** What the peer was told and has made durable, by account. */
  Map<String, VersionVector> acknowledged() {
    return new HashMap<>(acknowledged);
  }

  long changesAcknowledged() {
    return changesAcknowledged;
  }
}
