package hapax.blob;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that someone holds, in the order in which they lie in packs. The rows are in order of
 * ids, so they are walked once if there are at most {@link #AT_ONCE} records, else once more for
 * each so many, which bounds the memory.
 */
final class RecordsByPlace {
  /**
   * At 85 bytes each, or 220 where each lies in a group of its own, this is 17 to 44 MB of heap.
   */
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
    Map<Integer, long[]> byPack = new TreeMap<>();
    if (!showAtOnce(byPack, visitor)) {
      scanByPack(byPack, visitor);
    }
  }

  /** Counts the records of each pack, and shows all if they are few enough; says if so. */
  private boolean showAtOnce(Map<Integer, long[]> byPack, BlobStore.RecordOrder visitor)
      throws IOException {
    GroupedRecords first = countByPack(byPack);
    visitor.holders(allHolders, holdersOfOthers);
    if (first.size() > atOnce) {
      return false;
    }
    first.show(visitor);
    return true;
  }

  private void scanByPack(Map<Integer, long[]> byPack, BlobStore.RecordOrder visitor)
      throws IOException {
    int from = 0;
    long inRange = 0;
    int last = 0;
    for (Map.Entry<Integer, long[]> pack : byPack.entrySet()) {
      long inPack = pack.getValue()[0];
      if (inRange > 0 && inRange + inPack > atOnce) {
        if (!scan(from, last, visitor)) {
          return;
        }
        from = last + 1;
        inRange = 0;
      }
      inRange += inPack;
      last = pack.getKey();
    }
    if (inRange > 0) {
      scan(from, last, visitor);
    }
  }

  /** Counts the records of each pack; returns one more than go at once, or all. */
  private GroupedRecords countByPack(Map<Integer, long[]> counts) throws IOException {
    GroupedRecords first = new GroupedRecords();
    allHolders = 0;
    holdersOfOthers =
        rows.recordRows(
            (id, row, holders) -> {
              if (holders > 0) {
                allHolders += holders;
                counts.computeIfAbsent(row.place().pack(), pack -> new long[1])[0]++;
                if (first.size() <= atOnce) {
                  first.add(id, row);
                }
              }
              return true;
            });
    return first;
  }

  /** Shows the records in some packs, the last one included; says whether to go on. */
  private boolean scan(int first, int last, BlobStore.RecordOrder visitor) throws IOException {
    GroupedRecords found = new GroupedRecords();
    rows.recordRows(
        (id, row, holders) -> {
          int pack = row.place().pack();
          if (holders > 0 && pack >= first && pack <= last) {
            found.add(id, row);
          }
          return true;
        });
    return found.show(visitor);
  }
}
