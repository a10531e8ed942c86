package hapax.sync.session;

import hapax.sync.FieldReader;
import hapax.sync.FieldWriter;
import hapax.sync.LogEntry;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says that a batch is durable.
 *
 * @param batch its number
 * @param stopped accounts of which not all changes were taken, and how many of them were
 */
record Ack(long batch, SortedMap<String, Integer> stopped) {
  Ack {
    stopped = Collections.unmodifiableSortedMap(new TreeMap<>(stopped));
  }

  FieldWriter encode() {
    FieldWriter to = new FieldWriter().varint(batch).varint(stopped.size());
    stopped.forEach((account, taken) -> to.text(account).varint(taken));
    return to;
  }

  static Ack decode(FieldReader from) throws IOException {
    long batch = from.varint("batch", 1, Long.MAX_VALUE);
    int count = from.count("stopped accounts", 2);
    SortedMap<String, Integer> stopped = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String account = from.text("account");
      stopped.put(account, (int) from.varint("changes", 0, Integer.MAX_VALUE));
    }
    from.end();
    return new Ack(batch, stopped);
  }

  /** The changes of the batch that were taken, by account. */
  Map<String, List<LogEntry>> taken(Batch of) throws SyncException {
    Map<String, List<LogEntry>> taken = of.byAccount();
    for (Map.Entry<String, Integer> account : stopped.entrySet()) {
      List<LogEntry> sent = taken.get(account.getKey());
      if (sent == null || account.getValue() > sent.size()) {
        throw new SyncException("the peer has taken more changes than batch " + batch + " has");
      }
      taken.put(account.getKey(), sent.subList(0, account.getValue()));
    }
    return taken;
  }
}
