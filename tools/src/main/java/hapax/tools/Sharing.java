package hapax.tools;

import hapax.blob.BlobId;
import hapax.blob.BlobStore;
import hapax.blob.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What the blobs of a store say about sharing.
 *
 * @param blobs how many there are
 * @param uniqueBytes their content added up
 * @param referencedBytes the same, each as often as messages refer to it
 * @param storedBytes what they take in packs
 * @param mostShared those by which sharing saves most
 * @param largest the largest
 */
record Sharing(
    long blobs,
    long uniqueBytes,
    long referencedBytes,
    long storedBytes,
    List<Shared> mostShared,
    List<Shared> largest) {
  private static final int LISTED = 10;

  /**
   * One blob.
   *
   * @param messages how many messages refer to it
   * @param one one of them, if any does
   */
  record Shared(BlobId blob, long length, long messages, @Nullable RecordId one) {
    /** Bytes that would be there besides, were it kept with each message. */
    long savedBytes() {
      return length * Math.max(0, messages - 1);
    }
  }

  static Sharing of(BlobStore store) throws IOException {
    long[] sums = new long[4];
    Best shared = new Best(Comparator.comparingLong(Shared::savedBytes));
    Best largest = new Best(Comparator.comparingLong(Shared::length));
    store.scanBlobs(
        (id, length, storedBytes, references, one) -> {
          sums[0]++;
          sums[1] += length;
          sums[2] += length * references;
          sums[3] += storedBytes;
          Shared blob = new Shared(id, length, references, one);
          largest.offer(blob);
          if (references > 1) {
            shared.offer(blob);
          }
          return true;
        });
    return new Sharing(sums[0], sums[1], sums[2], sums[3], shared.best(), largest.best());
  }

  /** Keeps the first few by an order. */
  private static final class Best {
    private final Comparator<Shared> order;
    private final PriorityQueue<Shared> kept;

    Best(Comparator<Shared> order) {
      this.order = order;
      this.kept = new PriorityQueue<>(order);
    }

    void offer(Shared blob) {
      kept.add(blob);
      if (kept.size() > LISTED) {
        kept.remove();
      }
    }

    List<Shared> best() {
      List<Shared> best = new ArrayList<>(kept);
      best.sort(order.reversed());
      return best;
    }
  }
}
