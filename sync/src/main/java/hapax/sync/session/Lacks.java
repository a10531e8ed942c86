package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.StoredRecord;
import hapax.sync.LogEntry;
import hapax.sync.Replication;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bundle lacks: of each account the first change whose content is not in it. There the
 * account stops, so that later ones do not matter.
 */
final class Lacks {
  /** Why blobs, and messages that need them, are not there. */
  private final Map<Object, String> reasons = new HashMap<>();

  private final SortedMap<String, Lack> first = new TreeMap<>();

  private record Lack(LogEntry change, String reason) {}

  /** Notes that a message or blob can not be had, from this batch on. */
  void put(Object what, String reason) {
    reasons.put(what, reason);
  }

  /** Notes the changes of a batch whose messages can not be had, or blobs of these. */
  void addAll(Batch batch) {
    if (reasons.isEmpty()) {
      return;
    }
    for (StoredRecord record : batch.records().values()) {
      for (BlobId blob : record.blobs()) {
        String reason = reasons.get(blob);
        if (reason != null) {
          reasons.putIfAbsent(record.id(), reason);
        }
      }
    }
    for (LogEntry entry : batch.entries()) {
      entry.message().map(reasons::get).ifPresent(reason -> add(entry, reason));
    }
  }

  /** Notes a change; those to one account come in their order. */
  void add(LogEntry change, String reason) {
    first.putIfAbsent(change.account(), new Lack(change, reason));
  }

  /** Keeps them as debts of this store, or else of the peer; not committed. */
  void keep(Replication replication, long peer, boolean ours) throws IOException {
    for (Lack lack : first.values()) {
      replication.owe(peer, ours, lack.change(), lack.reason());
    }
  }
}
