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
    if (covers(sequence)) {
      return false;
    }
    if (Long.compareUnsigned(time, latestTime) > 0) {
      latestTime = time;
    }
    addBeyond(sequence);
    Map.@Nullable Entry<Long, Long> first = beyond.firstEntry();
    if (first != null && first.getKey() == upTo + 1) {
      upTo = first.getValue();
      beyond.pollFirstEntry();
    }
    return true;
  }

  /** Whether the change of that number was seen. */
  boolean covers(long sequence) {
    Map.@Nullable Entry<Long, Long> range = beyond.floorEntry(sequence);
    return sequence <= upTo || (range != null && sequence <= range.getValue());
  }

  private void addBeyond(long sequence) {
    Map.@Nullable Entry<Long, Long> before = beyond.lowerEntry(sequence);
    boolean joins = before != null && before.getValue() == sequence - 1;
    long start = before != null && joins ? before.getKey() : sequence;
    @Nullable Long end = beyond.remove(sequence + 1);
    beyond.put(start, end == null ? sequence : end);
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
