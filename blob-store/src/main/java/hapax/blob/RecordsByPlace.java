package hapax.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that someone holds, in the order in which they lie in packs. The rows are in order of
 * ids, so they are walked once for each {@link #AT_ONCE} records, which bounds the memory.
 */
final class RecordsByPlace {
  /** At about 150 bytes each this is 30 MB of heap. */
  private static final int AT_ONCE = 200_000;

  private static final Comparator<RecordPlace> ORDER =
      Comparator.comparing(RecordPlace::place).thenComparingInt(RecordPlace::entry);

  private final RowScan rows;
  private final int atOnce;

  RecordsByPlace(RowReader rows) {
    this(rows, AT_ONCE);
  }

  /**
   * @param atOnce how many records to sort in one go, if they are in more than one pack
   */
  RecordsByPlace(RowReader rows, int atOnce) {
    this.rows = new RowScan(rows);
    this.atOnce = atOnce;
  }

  void scan(BlobStore.RecordOrder visitor) throws IOException {
    int from = 0;
    long inRange = 0;
    int last = 0;
    for (Map.Entry<Integer, Long> pack : countByPack().entrySet()) {
      if (inRange > 0 && inRange + pack.getValue() > atOnce) {
        if (!scan(from, last, visitor)) {
          return;
        }
        from = last + 1;
        inRange = 0;
      }
      inRange += pack.getValue();
      last = pack.getKey();
    }
    if (inRange > 0) {
      scan(from, last, visitor);
    }
  }

  private Map<Integer, Long> countByPack() throws IOException {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    rows.recordRows(
        (id, row, holders) -> {
          if (holders > 0) {
            counts.merge(row.place().pack(), 1L, Long::sum);
          }
          return true;
        });
    return counts;
  }

  /** Shows the records in some packs, the last one included; says whether to go on. */
  private boolean scan(int first, int last, BlobStore.RecordOrder visitor) throws IOException {
    List<RecordPlace> found = new ArrayList<>();
    rows.recordRows(
        (id, row, holders) -> {
          int pack = row.place().pack();
          if (holders > 0 && pack >= first && pack <= last) {
            found.add(new RecordPlace(id, row.place(), row.entry()));
          }
          return true;
        });
    found.sort(ORDER);
    for (RecordPlace record : found) {
      if (!visitor.record(record)) {
        return false;
      }
    }
    return true;
  }
}
