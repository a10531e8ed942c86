package hapax.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that someone holds, in the order in which they lie in packs. The rows are in order of
 * ids, so they are walked once if there are at most {@link #AT_ONCE} records, else once more for
 * each so many, which bounds the memory.
 */
final class RecordsByPlace {
  /** At about 150 bytes each this is 30 MB of heap. */
  private static final int AT_ONCE = 200_000;

  private final RowScan rows;
  private final int atOnce;
  private long allHolders;
  private long holdersOfOthers;

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
    List<RecordPlace> first = new ArrayList<>();
    Map<Integer, Long> byPack = countByPack(first);
    visitor.holders(allHolders, holdersOfOthers);
    if (first.size() <= atOnce) {
      show(first, visitor);
    } else {
      first.clear();
      scanByPack(byPack, visitor);
    }
  }

  private void scanByPack(Map<Integer, Long> byPack, BlobStore.RecordOrder visitor)
      throws IOException {
    int from = 0;
    long inRange = 0;
    int last = 0;
    for (Map.Entry<Integer, Long> pack : byPack.entrySet()) {
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

  /** Counts the records of each pack; {@code first} gets one more than go at once, or all. */
  private Map<Integer, Long> countByPack(List<RecordPlace> first) throws IOException {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    allHolders = 0;
    holdersOfOthers =
        rows.recordRows(
            (id, row, holders) -> {
              if (holders > 0) {
                allHolders += holders;
                counts.merge(row.place().pack(), 1L, Long::sum);
                if (first.size() <= atOnce) {
                  first.add(new RecordPlace(id, row.place(), row.entry()));
                }
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
    return show(found, visitor);
  }

  private static boolean show(List<RecordPlace> found, BlobStore.RecordOrder visitor)
      throws IOException {
    found.sort(null);
    for (RecordPlace record : found) {
      if (!visitor.record(record)) {
        return false;
      }
    }
    return true;
  }
}
