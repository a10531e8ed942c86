package hapax.sync.session;

import hapax.blob.CorruptStoreException;
import hapax.blob.LogPlace;
import hapax.blob.Parcel;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.sync.LogEntry;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a peer has not seen into batches: the changes to one account by ascending stamp, those
 * to several woven in the order in which they lie in the packs. So each group is decoded once, and
 * what was compressed together travels together.
 */
final class BatchCutter {
  /**
   * Length before compression at which a batch is full: enough to compress nearly as well as the
   * groups of a store.
   */
  static final int FULL = 1 << 20;

  /** As much memory a record that the peer asks for is taken to need, if its message is longer. */
  private static final int RECORD = 16 << 10;

  /** Records that were sent are remembered up to this many. */
  private static final int REMEMBERED = 100_000;

  /** Most accounts whose changes are woven at once; each holds a page of places. */
  private static final int WOVEN = 1000;

  private final Replication replication;
  private final StoreReader reader;
  private final RecordChoice choice;
  private Agreement agreement;
  private final Deque<String> accounts;
  private final PriorityQueue<Strand> strands =
      new PriorityQueue<>(Comparator.comparing(Strand::next));
  private final Set<RecordId> sent = new HashSet<>();
  private final List<String> failures = new ArrayList<>();
  private long number;

  /** Says whether a record goes with the change that adds its message. */
  @FunctionalInterface
  interface RecordChoice {
    boolean goesAlong(String account, RecordId message) throws IOException;
  }

  BatchCutter(
      Replication replication, StoreReader reader, Agreement agreement, RecordChoice choice) {
    this.replication = replication;
    this.reader = reader;
    this.agreement = agreement;
    this.choice = choice;
    this.accounts = new ArrayDeque<>(agreement.mine().keySet());
  }

  /** One account in the weave, and where its next change lies. */
  private record Strand(String account, Unseen changes, LogPlace next) {}

  /**
   * A batch, and what it takes before compression.
   *
   * @param weight bytes of memory that the peer needs for it, records that it may ask for included
   */
  record Cut(Batch batch, Parcel.Builder parcel, int weight) {}

  /** Goes on with other changes, once there is nothing more of those before. */
  void goOn(Agreement further) {
    agreement = further;
    accounts.addAll(further.mine().keySet());
  }

  /** The next batch; null when there is nothing more that the peer has not seen. */
  @Nullable Cut next() throws IOException {
    Parcel.Builder parcel = new Parcel.Builder();
    List<LogEntry> entries = new ArrayList<>();
    Map<RecordId, StoredRecord> records = new LinkedHashMap<>();
    int asked = 0;
    while (parcel.size() + asked < FULL && (!strands.isEmpty() || beginAccounts())) {
      LogEntry entry = take(strands.remove());
      if (entry != null) {
        parcel.add(entry.bytes());
        entries.add(entry);
        Optional<StoredRecord> record = record(entry);
        record.ifPresent(parcel::add);
        record.ifPresent(each -> records.put(each.id(), each));
        asked += record.isPresent() ? 0 : (int) Math.min(entry.messageSize(), RECORD);
      }
    }
    if (entries.isEmpty()) {
      return null;
    }
    number++;
    return new Cut(new Batch(number, entries, records), parcel, parcel.size() + asked);
  }

  /** The next change of a strand, which goes back into the weave; null if there is none. */
  private @Nullable LogEntry take(Strand strand) throws IOException {
    try {
      LogEntry entry = strand.changes().take();
      weave(strand.account(), strand.changes());
      return entry;
    } catch (CorruptStoreException damaged) {
      stop(strand.account(), damaged);
      return null;
    }
  }

  /** Leaves an account where its log can not be read; what was sent of it stands on its own. */
  private void stop(String account, CorruptStoreException damaged) {
    failures.add("account " + account + " is sent only in part: " + damaged.getMessage());
  }

  /** Accounts whose changes can not all be read, a line each. */
  List<String> failures() {
    return failures;
  }

  /** Takes up the next accounts; says whether any of them has changes. */
  private boolean beginAccounts() throws IOException {
    while (strands.size() < WOVEN && !accounts.isEmpty()) {
      String account = accounts.remove();
      VersionVector mine = agreement.mine(account);
      VersionVector theirs = agreement.theirs(account);
      if (!theirs.covers(mine)) {
        try {
          weave(account, new Unseen(replication, reader, account, mine, theirs));
        } catch (CorruptStoreException damaged) {
          stop(account, damaged);
        }
      }
    }
    return !strands.isEmpty();
  }

  private void weave(String account, Unseen changes) throws IOException {
    LogPlace next = changes.place();
    if (next != null) {
      strands.add(new Strand(account, changes, next));
    }
  }

  private Optional<StoredRecord> record(LogEntry entry) throws IOException {
    Optional<RecordId> message = entry.message();
    if (message.isEmpty() || sent.contains(message.get())) {
      return Optional.empty();
    }
    if (!choice.goesAlong(entry.account(), message.get())) {
      return Optional.empty();
    }
    if (sent.size() >= REMEMBERED) {
      sent.clear();
    }
    sent.add(message.get());
    try {
      return reader.record(message.get());
    } catch (CorruptStoreException damaged) {
      // The peer will ask for it, and be told that it is lacking.
      return Optional.empty();
    }
  }
}
