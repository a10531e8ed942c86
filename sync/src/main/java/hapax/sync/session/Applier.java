package hapax.sync.session;

import hapax.blob.BlobId;
import hapax.blob.BlobStore;
import hapax.blob.Intake;
import hapax.blob.Parcel;
import hapax.blob.RecordId;
import hapax.blob.StoredRecord;
import hapax.sync.LogEntry;
import hapax.sync.MailStore;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes the changes of batches in whose messages were {@linkplain Prover proven}: records are kept
 * and changes folded. Where something is wrong the account stops, so that its changes never have
 * holes; other accounts go on.
 */
final class Applier {
  /** Messages that came are remembered up to this many. */
  private static final int REMEMBERED = 200_000;

  private final BlobStore blobs;
  private final Replication replication;
  private final Owned owned;
  private final Map<String, VersionVector> seen = new HashMap<>();
  private final Set<String> stopped = new HashSet<>();
  private final Set<RecordId> gone = ConcurrentHashMap.newKeySet();

  /** Messages that came and were kept: they are there, whoever of the accounts holds them. */
  private final Set<RecordId> kept = new HashSet<>();

  private final List<String> failures = new ArrayList<>();
  private final Lacks lacks = new Lacks();
  private long changes;
  private final AtomicLong applied = new AtomicLong();

  Applier(MailStore store, Owned owned, Map<String, VersionVector> seen) {
    this.blobs = store.blobs();
    this.replication = store.replication();
    this.owned = owned;
    this.seen.putAll(seen);
  }

  /**
   * The sender says that it has a message no more, because its items were expunged long ago.
   * Changes that add it are taken without it, unless this store has the message: then it would be
   * shown to whoever names it. For any thread.
   */
  void gone(RecordId message) {
    gone.add(message);
  }

  List<String> failures() {
    return failures;
  }

  /** The changes at which accounts stopped for want of content. */
  Lacks lacks() {
    return lacks;
  }

  /** Changes that were new and were taken in. */
  long changes() {
    return changes;
  }

  /** Messages whose items were taken in; for any thread. */
  long messages() {
    return applied.get();
  }

  /**
   * Takes a batch in, as far as that goes.
   *
   * @param parcel what the batch came in; kept as it came if all of it is welcome
   * @param carried small blobs that came with the batch and match their ids
   * @param proof what became of the records that came with it, or because of it
   * @param lacking why things did not come, by the message or blob
   * @return accounts of which not all changes are in the store now, and how many of them are
   */
  SortedMap<String, Integer> apply(
      Batch batch,
      Parcel parcel,
      Map<BlobId, byte[]> carried,
      Prover.Proof proof,
      Map<Object, String> lacking)
      throws IOException {
    Map<String, List<LogEntry>> welcome = new LinkedHashMap<>();
    for (LogEntry entry : batch.entries()) {
      List<LogEntry> before = welcome.computeIfAbsent(entry.account(), first -> new ArrayList<>());
      if (!stopped.contains(entry.account()) && isClear(entry, proof, lacking)) {
        before.add(entry);
      }
    }
    try (Intake unit = blobs.intake(parcel)) {
      ContentIntake.put(unit, carried);
      // What came for an account that stopped is kept all the same: others may need it.
      for (StoredRecord record : proof.proven().values()) {
        unit.putRecord(record);
      }
      remember(proof.proven().keySet());
      for (Map.Entry<String, List<LogEntry>> account : welcome.entrySet()) {
        if (!account.getValue().isEmpty()) {
          take(unit, account.getKey(), account.getValue());
        }
      }
    }
    SortedMap<String, Integer> shortened = new TreeMap<>();
    batch
        .byAccount()
        .forEach(
            (account, entries) -> {
              int taken = welcome.getOrDefault(account, List.of()).size();
              if (taken < entries.size()) {
                shortened.put(account, taken);
              }
            });
    return shortened;
  }

  /** Whether nothing stands against taking a change in; otherwise its account stops. */
  private boolean isClear(LogEntry entry, Prover.Proof proof, Map<Object, String> lacking)
      throws IOException {
    if (entry.sequence() <= seen(entry.account()).number(entry.origin())) {
      return true;
    }
    Optional<String> obstacle = obstacle(entry, proof, lacking);
    obstacle.ifPresent(line -> stopForContent(entry, line));
    return obstacle.isEmpty();
  }

  private void stopForContent(LogEntry entry, String obstacle) {
    lacks.add(entry, obstacle);
    stop(entry.account(), obstacle);
  }

  private VersionVector seen(String account) {
    return seen.getOrDefault(account, VersionVector.NOTHING);
  }

  /** Takes changes to one account; leaves those in the list that are in the store now. */
  private void take(Intake unit, String account, List<LogEntry> entries) throws IOException {
    Replication.Taken taken = replication.take(unit, account, entries);
    taken.refusal().ifPresent(line -> stop(account, line));
    entries.subList(taken.taken() + taken.known(), entries.size()).clear();
    VersionVector before = seen(account);
    changes += taken.taken();
    for (LogEntry entry : entries) {
      if (entry.message().isPresent() && entry.sequence() > before.number(entry.origin())) {
        applied.incrementAndGet();
      }
    }
    seen.put(account, before.join(Batch.seen(entries)));
  }

  /** Takes no more changes to an account in. */
  void stop(String account, String obstacle) {
    if (stopped.add(account)) {
      failures.add("account " + account + " stops: " + obstacle);
    }
  }

  private void remember(Set<RecordId> proven) {
    if (kept.size() >= REMEMBERED) {
      kept.clear();
    }
    kept.addAll(proven);
  }

  /** What stands against taking a change in. */
  private Optional<String> obstacle(LogEntry entry, Prover.Proof proof, Map<Object, String> lacking)
      throws IOException {
    Optional<RecordId> message = entry.message();
    if (message.isEmpty()) {
      return Optional.empty();
    }
    RecordId id = message.get();
    StoredRecord proven = proof.proven().get(id);
    if (proven != null) {
      return Prover.wrongSize(proven, entry);
    }
    if (kept.contains(id)) {
      return Optional.empty();
    }
    String fault = proof.faults().get(id);
    if (fault != null) {
      return Optional.of(fault);
    }
    boolean here = blobs.hasRecord(id);
    boolean taken = here ? owned.owns(id) : gone.contains(id);
    return taken
        ? Optional.empty()
        : Optional.of(lacking.getOrDefault(id, "message " + id + " did not come"));
  }
}
