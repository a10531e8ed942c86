package hapax.reconstruct;

import hapax.blob.BlobStore;
import hapax.mime.Unshared;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why a store is as large as it is: the bytes of its messages that no blob holds, by reason. Each
 * message counts once, however many items show it.
 *
 * @param messages how many messages
 * @param bytes their lengths added up
 * @param unshared bytes kept in slim records, by the reason's label
 */
public record Savings(long messages, long bytes, SortedMap<String, Long> unshared) {
  /** Adds up the store's record rows. */
  public static Savings of(BlobStore store) throws IOException {
    long[] sums = new long[2];
    SortedMap<String, Long> unshared = new TreeMap<>();
    for (Unshared reason : Unshared.values()) {
      unshared.put(reason.label(), 0L);
    }
    store.scanRecords(
        (id, length, summary, holders) -> {
          sums[0]++;
          sums[1] += length;
          for (Map.Entry<Unshared, Long> entry : Summary.decode(summary).entrySet()) {
            unshared.merge(entry.getKey().label(), entry.getValue(), Long::sum);
          }
          return true;
        });
    return new Savings(sums[0], sums[1], unshared);
  }
}
