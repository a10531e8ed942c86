package hapax.sync;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a mailbox.
 *
 * @param items how many items are in it
 * @param highestUid the highest UID that was ever given in it or left out, 0 if none was
 * @param leftOut first and last UID of each range that nobody may have; the ranges do not touch
 */
record MailboxCounts(long items, long highestUid, SortedMap<Long, Long> leftOut) {
  static final MailboxCounts NONE = new MailboxCounts(0, 0, Collections.emptySortedMap());

  MailboxCounts withItems(int more) {
    return new MailboxCounts(items + more, highestUid, leftOut);
  }

  MailboxCounts withUid(long uid) {
    return new MailboxCounts(items, Math.max(highestUid, uid), leftOut);
  }

  /** Lets nobody have the UIDs from one to another. */
  MailboxCounts without(long first, long last) {
    TreeMap<Long, Long> ranges = new TreeMap<>(leftOut);
    long from = first;
    long to = last;
    for (Map.Entry<Long, Long> range : leftOut.entrySet()) {
      if (range.getKey() <= last + 1 && range.getValue() >= first - 1) {
        from = Math.min(from, range.getKey());
        to = Math.max(to, range.getValue());
        ranges.remove(range.getKey());
      }
    }
    ranges.put(from, to);
    return new MailboxCounts(items, Math.max(highestUid, last), ranges);
  }

  boolean leavesOut(long uid) {
    return leftOut.entrySet().stream()
        .anyMatch(range -> range.getKey() <= uid && uid <= range.getValue());
  }

  byte[] encode() {
    FieldWriter to = new FieldWriter().varint(items).varint(highestUid);
    leftOut.forEach((first, last) -> to.varint(first).varint(last));
    return to.toBytes();
  }

  static MailboxCounts decode(byte @Nullable [] row) throws IOException {
    if (row == null) {
      return NONE;
    }
    FieldReader from = new FieldReader("row of a mailbox's figures", row);
    long items = from.varint("items");
    long highest = from.varint("highest UID", 0, MailboxBody.MAX_NUMBER);
    TreeMap<Long, Long> leftOut = new TreeMap<>();
    while (from.remaining() > 0) {
      long first = from.varint("first UID left out", 1, MailboxBody.MAX_NUMBER);
      leftOut.put(first, from.varint("last UID left out", first, MailboxBody.MAX_NUMBER));
    }
    return new MailboxCounts(items, highest, leftOut);
  }
}
