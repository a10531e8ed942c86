package hapax.sync.session;

import hapax.blob.CorruptStoreException;
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
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts what a peer has not seen into batches, account by account, by ascending stamp. */
final class BatchCutter {
  /** Records that were sent are remembered up to this many. */
  private static final int REMEMBERED = 100_000;

  private final Replication replication;
  private final StoreReader reader;
  private final RecordChoice choice;
  private final Agreement agreement;
  private final Deque<String> accounts;
  private final List<Origin> origins = new ArrayList<>();
  private final Set<RecordId> sent = new HashSet<>();
  private String account = "";
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

  /** A batch, and what it takes before compression. */
  record Cut(Batch batch, Parcel.Builder parcel) {}

  /** The next batch; null when there is nothing more that the peer has not seen. */
  @Nullable Cut next() throws IOException {
    while (earliest() == null) {
      if (accounts.isEmpty()) {
        return null;
      }
      begin(accounts.remove());
    }
    Parcel.Builder parcel = new Parcel.Builder();
    List<LogEntry> entries = new ArrayList<>();
    Map<RecordId, StoredRecord> records = new LinkedHashMap<>();
    for (Origin origin = earliest();
        origin != null && parcel.size() < ParcelCodec.FULL;
        origin = earliest()) {
      LogEntry entry = origin.peek();
      if (entry != null) {
        parcel.add(entry.bytes());
        entries.add(entry);
        record(entry)
            .ifPresent(
                record -> {
                  parcel.add(record);
                  records.put(record.id(), record);
                });
      }
      origin.pass();
    }
    number++;
    return new Cut(new Batch(number, account, entries, records), parcel);
  }

  private void begin(String name) {
    account = name;
    origins.clear();
    VersionVector theirs = agreement.theirs(name);
    agreement
        .mine(name)
        .marks()
        .forEach(
            (origin, last) ->
                origins.add(
                    new Origin(replication, name, origin, theirs.number(origin), last.number())));
  }

  /** The origin whose next change was made first. */
  private @Nullable Origin earliest() throws IOException {
    Origin earliest = null;
    LogEntry first = null;
    for (Origin origin : origins) {
      LogEntry entry = origin.peek();
      if (entry != null && (first == null || entry.isBefore(first))) {
        earliest = origin;
        first = entry;
      }
    }
    return earliest;
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
