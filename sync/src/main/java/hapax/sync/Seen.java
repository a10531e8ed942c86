package hapax.sync;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of one origin to one account were seen: all up to a number, and ranges beyond it
 * that came early. {@link #upTo} is the origin's place in the account's version vector.
 */
final class Seen {
  private long upTo;
  private long latestTime;

  /** First and last number of each range beyond, with holes between them. */
  private final TreeMap<Long, Long> beyond = new TreeMap<>();

  /** Takes a change in; says whether it is new. */
  boolean add(long sequence, long time) {
    return add(sequence, sequence, time);
  }

  /** Takes changes of successive numbers in; says whether any is new. */
  boolean add(long first, long last, long time) {
    Map.@Nullable Entry<Long, Long> within = beyond.floorEntry(first);
    if (last <= upTo || (within != null && last <= within.getValue())) {
      return false;
    }
    if (Long.compareUnsigned(time, latestTime) > 0) {
      latestTime = time;
    }
    addBeyond(first, last);
    Map.@Nullable Entry<Long, Long> lowest = beyond.firstEntry();
    if (lowest != null && lowest.getKey() <= upTo + 1) {
      upTo = lowest.getValue();
      beyond.pollFirstEntry();
    }
    return true;
  }

  /** Adds a range, and makes one of all that touch it. */
  private void addBeyond(long first, long last) {
    long from = first;
    long to = last;
    Map.@Nullable Entry<Long, Long> range = beyond.floorEntry(last + 1);
    while (range != null && range.getValue() >= from - 1) {
      from = Math.min(from, range.getKey());
      to = Math.max(to, range.getValue());
      beyond.remove(range.getKey());
      range = beyond.floorEntry(to + 1);
    }
    beyond.put(from, to);
  }

  /** Whether the change of that number was seen. */
  boolean covers(long sequence) {
    Map.@Nullable Entry<Long, Long> range = beyond.floorEntry(sequence);
    return sequence <= upTo || (range != null && sequence <= range.getValue());
  }

  /** All changes up to this number were seen. */
  long upTo() {
    return upTo;
  }

  /** The highest number that was seen. */
  long highest() {
    return beyond.isEmpty() ? upTo : beyond.lastEntry().getValue();
  }

  /** The latest hybrid time that was seen. */
  long latestTime() {
    return latestTime;
  }

  byte[] encode() {
    FieldWriter to = new FieldWriter().varint(upTo).fixed64(latestTime).varint(beyond.size());
    beyond.forEach((start, end) -> to.varint(start).varint(end));
    return to.toBytes();
  }

  static Seen decode(byte @Nullable [] row) throws IOException {
    Seen seen = new Seen();
    if (row == null) {
      return seen;
    }
    FieldReader from = new FieldReader("row of seen changes", row);
    seen.upTo = from.varint("number", 0, Long.MAX_VALUE);
    seen.latestTime = from.fixed64("latest time");
    int ranges = from.count("ranges", 2);
    for (int i = 0; i < ranges; i++) {
      long start = from.varint("start of range", 1, Long.MAX_VALUE);
      seen.beyond.put(start, from.varint("end of range", start, Long.MAX_VALUE));
    }
    from.end();
    return seen;
  }
}
