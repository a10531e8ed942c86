package hapax.sync.session;

import hapax.blob.BlobStore;
import hapax.blob.Intake;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.reconstruct.MessageReader;
import hapax.sync.LogEntry;
import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the changes of batches in: each message is rebuilt from what the store will read later and
 * its digest compared, then its record is kept and its change folded. Where something is wrong the
 * account stops, so that its changes never have holes; other accounts go on.
 */
final class Applier {
  private final BlobStore blobs;
  private final Replication replication;
  private final MessageReader messages;
  private final Owned owned;
  private final Map<String, VersionVector> seen = new HashMap<>();
  private final Set<String> stopped = new HashSet<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<RecordId> gone = new HashSet<>();
  private long changes;
  private long applied;
  private long bytes;

  Applier(MailStore store, StoreReader reader, Owned owned, Map<String, VersionVector> seen) {
    this.blobs = store.blobs();
    this.replication = store.replication();
    this.messages = new MessageReader(reader);
    this.owned = owned;
    this.seen.putAll(seen);
  }

  /**
   * The sender says that it has a message no more, because its items were expunged long ago.
   * Changes that add it are taken without it, unless this store has the message: then it would be
   * shown to whoever names it.
   */
  void gone(RecordId message) {
    gone.add(message);
  }

  List<String> failures() {
    return failures;
  }

  /** Changes that were new and were taken in. */
  long changes() {
    return changes;
  }

  /** Messages whose items were taken in. */
  long messages() {
    return applied;
  }

  /** Their bytes. */
  long bytes() {
    return bytes;
  }

  /**
   * Takes a batch in, as far as that goes. Its blobs are committed.
   *
   * @param records the records that came with it, or because of it
   * @param lacking why things did not come, by the message or blob
   * @return how many of its changes are in the store now
   */
  int apply(Batch batch, Map<RecordId, StoredRecord> records, Map<Object, String> lacking)
      throws IOException {
    if (stopped.contains(batch.account())) {
      return 0;
    }
    VersionVector vector = seen.getOrDefault(batch.account(), VersionVector.NOTHING);
    List<LogEntry> welcome = new ArrayList<>();
    Map<RecordId, StoredRecord> proven = new LinkedHashMap<>();
    for (LogEntry entry : batch.entries()) {
      if (entry.sequence() > vector.number(entry.origin())) {
        Optional<String> obstacle = obstacle(entry, records, proven, lacking);
        if (obstacle.isPresent()) {
          stop(batch.account(), obstacle.get());
          break;
        }
      }
      welcome.add(entry);
    }
    Replication.Taken taken = keep(batch.account(), proven, welcome);
    taken.refusal().ifPresent(line -> stop(batch.account(), line));
    int count = taken.taken() + taken.known();
    count(welcome.subList(0, count), vector, taken.taken());
    seen.put(batch.account(), batch.after(vector, count));
    return count;
  }

  private Replication.Taken keep(
      String account, Map<RecordId, StoredRecord> proven, List<LogEntry> entries)
      throws IOException {
    try (Intake unit = blobs.intake()) {
      for (StoredRecord record : proven.values()) {
        unit.putRecord(record);
      }
      return replication.take(unit, account, entries);
    }
  }

  private void count(List<LogEntry> entries, VersionVector before, int taken) {
    changes += taken;
    for (LogEntry entry : entries) {
      if (entry.message().isPresent() && entry.sequence() > before.number(entry.origin())) {
        applied++;
        bytes += entry.messageSize();
      }
    }
  }

  /** Takes no more changes to an account in. */
  void stop(String account, String obstacle) {
    if (stopped.add(account)) {
      failures.add("account " + account + " stops: " + obstacle);
    }
  }

  /** What stands against taking a change in. */
  private Optional<String> obstacle(
      LogEntry entry,
      Map<RecordId, StoredRecord> records,
      Map<RecordId, StoredRecord> proven,
      Map<Object, String> lacking)
      throws IOException {
    Optional<RecordId> message = entry.message();
    if (message.isEmpty() || proven.containsKey(message.get())) {
      return Optional.empty();
    }
    StoredRecord record = records.get(message.get());
    if (record == null) {
      boolean here = blobs.hasRecord(message.get());
      boolean taken = here ? owned.owns(message.get()) : gone.contains(message.get());
      return taken
          ? Optional.empty()
          : Optional.of(
              lacking.getOrDefault(message.get(), "message " + message.get() + " did not come"));
    }
    Optional<String> fault = prove(record, entry, lacking);
    if (fault.isEmpty()) {
      proven.put(message.get(), record);
    }
    return fault;
  }

  private Optional<String> prove(StoredRecord record, LogEntry entry, Map<Object, String> lacking) {
    if (record.length() != entry.messageSize()) {
      return Optional.of(
          "message "
              + record.id()
              + " is said to have "
              + entry.messageSize()
              + " bytes, and its record says "
              + record.length());
    }
    Optional<String> missing =
        record.blobs().stream().filter(lacking::containsKey).findFirst().map(lacking::get);
    if (missing.isPresent()) {
      return missing;
    }
    try {
      messages.copyTo(record, OutputStream.nullOutputStream());
      return Optional.empty();
    } catch (IOException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }
}
