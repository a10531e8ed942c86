package hapax.sync.session;

import hapax.blob.CorruptStoreException;
import hapax.blob.LogPlace;
import hapax.blob.Packable;
import hapax.blob.PackedGroup;
import hapax.blob.Parcel;
import hapax.blob.ParcelCodec;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.sync.LogEntry;
import hapax.sync.Replication;
import hapax.sync.VersionVector;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** Records of a group that is sent whole which the peer may ask for: those of its first units. */
  private static final int MOST_ASKED = 16;

  /** Longest group that is sent whole; those of a store are hardly longer than half of it. */
  private static final int MOST_GROUP = 4 * FULL;

  /** Shortest group that is sent whole: the peer would not keep a shorter one by itself. */
  private static final int LEAST_GROUP = ParcelCodec.FULL / 8;

  /** Records that were sent are remembered up to this many. */
  private static final int REMEMBERED = 100_000;

  /** Most accounts whose changes are woven at once; each holds a page of places. */
  private static final int WOVEN = 1000;

  private final Replication replication;
  private final StoreReader reader;
  private final RecordSource source;
  private final RecordChoice choice;
  private Agreement agreement;
  private final Deque<String> accounts;
  private final PriorityQueue<Strand> strands =
      new PriorityQueue<>(Comparator.comparing(Strand::next));
  private final Set<RecordId> sent = new HashSet<>();

  /** Changes that were taken of a group which did not go whole. */
  private final Deque<LogEntry> left = new ArrayDeque<>();

  private final List<String> failures = new ArrayList<>();
  private long number;

  /** Where the last change lay that was taken of a strand. */
  private @Nullable LogPlace lastTaken;

  /** Says whether a record goes with the change that adds its message. */
  @FunctionalInterface
  interface RecordChoice {
    boolean goesAlong(String account, RecordId message) throws IOException;

    /** Whether the peer is to have all that there is and has nothing: then groups go whole. */
    default boolean goesWhole() {
      return false;
    }
  }

  BatchCutter(
      Replication replication, StoreReader reader, Agreement agreement, RecordChoice choice) {
    this.replication = replication;
    this.reader = reader;
    this.agreement = agreement;
    this.source = new RecordSource(reader);
    this.choice = choice;
    this.accounts = new ArrayDeque<>(agreement.mine().keySet());
  }

  /** One account in the weave, and where its next change lies. */
  private record Strand(String account, Unseen changes, LogPlace next) {}

  /**
   * A batch, and what it takes before compression.
   *
   * @param parcel what it is packed of: its changes and records, or a whole group of the store
   * @param weight bytes of memory that the peer needs for it, records that it may ask for included
   */
  record Cut(Batch batch, Packable parcel, int weight) {}

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
    if (left.isEmpty() && hasMore() && mayGoWhole()) {
      Optional<Cut> whole = wholeGroup();
      if (whole.isPresent()) {
        return whole.get();
      }
    }
    while (parcel.size() + asked < FULL && hasMore()) {
      if (!entries.isEmpty() && beginsGroup() && mayGoWhole()) {
        break;
      }
      LogEntry entry = left.isEmpty() ? take(strands.remove()) : left.remove();
      if (entry != null) {
        entries.add(entry);
        asked += add(entry, parcel, records);
      }
    }
    if (entries.isEmpty()) {
      return null;
    }
    number++;
    return new Cut(new Batch(number, entries, records), parcel, parcel.size() + asked);
  }

  private boolean hasMore() throws IOException {
    return !left.isEmpty() || !strands.isEmpty() || beginAccounts();
  }

  /** Whether the next change lies in another group than the last that was taken. */
  private boolean beginsGroup() {
    LogPlace last = lastTaken;
    Strand next = strands.peek();
    return left.isEmpty() && last != null && next != null && !next.next().sharesGroup(last);
  }

  /** Whether the group of the next change has a length to go whole. */
  private boolean mayGoWhole() throws IOException {
    Strand next = strands.peek();
    if (!choice.goesWhole() || next == null) {
      return false;
    }
    try {
      int length = reader.groupLength(next.next());
      return length >= LEAST_GROUP && length <= MOST_GROUP;
    } catch (CorruptStoreException damagedOrMoved) {
      // Its changes are read one by one, and say what is wrong.
      return false;
    }
  }

  /** Adds a change, with its record if that goes along; else gives what the peer may ask for. */
  private int add(LogEntry entry, Parcel.Builder parcel, Map<RecordId, StoredRecord> records)
      throws IOException {
    parcel.add(entry.bytes());
    Optional<StoredRecord> record = record(entry);
    record.ifPresent(parcel::add);
    record.ifPresent(each -> records.put(each.id(), each));
    return record.isPresent() ? 0 : source.weight(entry);
  }

  /**
   * The group in which the next change lies, if its changes are the next ones, in their order, and
   * hardly anything is in it that they do not need. Else those that were taken of it are {@link
   * #left}.
   */
  private Optional<Cut> wholeGroup() throws IOException {
    LogPlace first = Objects.requireNonNull(strands.peek()).next();
    PackedGroup group;
    try {
      group = reader.group(first);
    } catch (CorruptStoreException damagedOrMoved) {
      return Optional.empty();
    }
    Set<RecordId> named = new HashSet<>();
    for (byte[] bytes : group.logEntries()) {
      Strand strand = strands.peek();
      if (strand == null || !strand.next().sharesGroup(first)) {
        return Optional.empty();
      }
      LogEntry entry = take(strands.remove());
      if (entry == null) {
        return Optional.empty();
      }
      left.add(entry);
      entry.message().ifPresent(named::add);
      if (!Arrays.equals(bytes, entry.bytes())) {
        return Optional.empty();
      }
    }
    Map<RecordId, StoredRecord> records = Batch.byId(group.records());
    Collection<LogEntry> asked = askedFor(records.keySet());
    long weight = asked.size() > MOST_ASKED ? Long.MAX_VALUE : source.weight(asked);
    if (weight > FULL || !group.isOfOneTime(named)) {
      return Optional.empty();
    }
    remember(records.keySet());
    number++;
    Batch batch = new Batch(number, List.copyOf(left), records);
    left.clear();
    return Optional.of(new Cut(batch, group, group.length() + (int) weight));
  }

  /** Of the changes that are left, those whose messages the peer may ask for: one for each. */
  private Collection<LogEntry> askedFor(Set<RecordId> records) {
    Map<RecordId, LogEntry> asked = new HashMap<>();
    for (LogEntry entry : left) {
      entry
          .message()
          .filter(id -> !records.contains(id) && !sent.contains(id))
          .ifPresent(id -> asked.putIfAbsent(id, entry));
    }
    return asked.values();
  }

  private void remember(Set<RecordId> messages) {
    if (sent.size() >= REMEMBERED) {
      sent.clear();
    }
    sent.addAll(messages);
  }

  /** The next change of a strand, which goes back into the weave; null if there is none. */
  private @Nullable LogEntry take(Strand strand) throws IOException {
    try {
      lastTaken = strand.next();
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
    remember(Set.of(message.get()));
    return source.record(message.get());
  }
}
