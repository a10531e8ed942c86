package hapax.sync;

import hapax.blob.BlobStore;
import hapax.blob.Intake;
import hapax.blob.LogPlace;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A store as other replicas see it: what it has seen, its changes, and who owns what. Safe for use
 * by many threads.
 */
public final class Replication {
  /** How many records that refer to a blob are looked at before it counts as not owned. */
  private static final int MOST_RECORDS = 10_000;

  private final LogMailStore store;
  private final BlobStore blobs;
  private final Exchange exchange;
  private final Debts debts;
  private final Peers peers;

  Replication(LogMailStore store) {
    this.store = store;
    this.blobs = store.blobs();
    this.exchange = new Exchange(store);
    this.peers = new Peers(store);
    this.debts = new Debts(store, peers);
  }

  /** Sees entries of the log. */
  @FunctionalInterface
  public interface EntryVisitor {
    /** Takes an entry; says whether to go on. */
    boolean entry(LogEntry entry) throws IOException;
  }

  /** Sixteen hexadecimal digits: how a replica is written. */
  public static String name(long replica) {
    return Stamp.originText(replica);
  }

  /**
   * The replica of a name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static long parse(String name) {
    if (name.length() != 2 * Long.BYTES) {
      throw new IllegalArgumentException(
          "expected a replica's 16 hexadecimal digits (hapax peers lists them), found " + name);
    }
    return Long.parseUnsignedLong(name, 16);
  }

  /** The identity under which this store makes changes. */
  public long replica() {
    return exchange.replica();
  }

  /** What was seen of every account. */
  public SortedMap<String, VersionVector> vectors() throws IOException {
    SortedMap<String, SortedMap<Long, VersionVector.Mark>> marks = new TreeMap<>();
    blobs
        .rows()
        .scan(
            new byte[] {Keys.SEEN},
            new byte[] {Keys.SEEN + 1},
            (key, value) -> {
              int end = key.length - Long.BYTES;
              String account = new String(key, 1, end - 2, StandardCharsets.UTF_8);
              Seen seen = Seen.decode(value);
              marks
                  .computeIfAbsent(account, any -> new TreeMap<>())
                  .put(
                      Keys.lastOrigin(key), new VersionVector.Mark(seen.upTo(), seen.latestTime()));
              return true;
            });
    SortedMap<String, VersionVector> vectors = new TreeMap<>();
    marks.forEach((account, of) -> vectors.put(account, new VersionVector(of)));
    return vectors;
  }

  /**
   * Shows the committed changes of an origin to an account that come after a number; of those about
   * forgotten items what is left ({@link Forgotten}).
   */
  public void changes(String account, long origin, long after, EntryVisitor visitor)
      throws IOException {
    AccountIndex index = store.index(account);
    blobs.scanLog(
        Change.logKey(account, origin, after + 1),
        Change.afterLast(account, origin),
        (key, entry) -> visitor.entry(entry(index, entry)));
  }

  private static LogEntry entry(AccountIndex index, byte[] bytes) throws IOException {
    LogEntry entry = LogEntry.decode(bytes);
    return Forgotten.withoutMessage(index, entry.change()).map(LogEntry::of).orElse(entry);
  }

  /** Shows the messages of items that stand here and whose addition is in {@code seen}. */
  public void standing(String account, VersionVector seen, Account.MessageVisitor visitor)
      throws IOException {
    new StandingAdditions(blobs, account).show(seen, visitor);
  }

  /** Sees where changes lie. */
  @FunctionalInterface
  public interface PlaceVisitor {
    /** Takes a change's number and place; says whether to go on. */
    boolean change(long sequence, LogPlace at) throws IOException;
  }

  /** Shows where these changes lie, without reading them. */
  public void places(String account, long origin, long after, PlaceVisitor visitor)
      throws IOException {
    blobs.scanLogPlaces(
        Change.logKey(account, origin, after + 1),
        Change.afterLast(account, origin),
        (key, at) -> visitor.change(Change.sequenceOf(key), at));
  }

  /** Reads changes to an account one by one, as they are to be handed on from now on. */
  public ChangeReader changeReader(String account, StoreReader reader) throws IOException {
    return new ChangeReader(store.index(account), reader);
  }

  /** See {@link #changeReader}. */
  public static final class ChangeReader {
    private final AccountIndex index;
    private final StoreReader reader;
    private final boolean anyForgotten;

    private ChangeReader(AccountIndex index, StoreReader reader) throws IOException {
      this.index = index;
      this.reader = reader;
      this.anyForgotten = index.account().horizon() > 0;
    }

    /** The change at a place; see {@link Replication#changes}. */
    public LogEntry at(LogPlace place) throws IOException {
      byte[] bytes = reader.logEntry(place);
      return anyForgotten ? entry(index, bytes) : LogEntry.decode(bytes);
    }
  }

  /**
   * To be called when a peer was heard, before its changes are taken in: a store that was rolled
   * back learns it from the peer, and takes a new identity.
   *
   * @param theirs what the peer has seen, by account
   * @throws IOException in one line, if one number stands for two changes here and there: then the
   *     two must not merge
   */
  public void check(Map<String, VersionVector> theirs) throws IOException {
    boolean forgot = false;
    for (Map.Entry<String, VersionVector> account : theirs.entrySet()) {
      Optional<String> fork = exchange.fork(account.getKey(), account.getValue());
      if (fork.isPresent()) {
        throw new IOException(fork.get());
      }
      forgot |= exchange.forgot(account.getKey(), account.getValue());
    }
    if (forgot) {
      exchange.renewIdentity();
    }
  }

  /**
   * What became of changes of others.
   *
   * @param taken how many are in the log now that were not before
   * @param known how many were there already
   * @param refusal why the next one was not taken; it and all after it were left
   */
  public record Taken(int taken, int known, Optional<String> refusal) {}

  /**
   * Takes changes of others to one account in, by ascending stamp, as far as that goes, and gives
   * new UIDs where two were the same. The records of their messages must be in the store.
   */
  public Taken take(Intake unit, String account, List<LogEntry> entries) throws IOException {
    List<byte[]> changes = entries.stream().map(LogEntry::bytes).toList();
    Exchange.Taken taken = exchange.take(unit, account, changes);
    return new Taken(taken.taken(), taken.known(), taken.refusal());
  }

  /**
   * To be called when all came that a peer had: expunges what somebody handed on as forgotten, if
   * no change says that it is expunged.
   *
   * @param theirs what the peer has seen, by account
   */
  public void expungeForgotten(Map<String, VersionVector> theirs) throws IOException {
    for (String account : exchange.accountsWithForgotten()) {
      exchange.expungeForgotten(account, theirs.getOrDefault(account, VersionVector.NOTHING));
    }
  }

  /** Says which accounts own what, for some accounts. */
  public Owners owners(Set<String> accounts) {
    return new Owners(accounts);
  }

  /** What some accounts own. */
  public final class Owners {
    private final Set<ByteBuffer> tags = new HashSet<>();

    private Owners(Set<String> accounts) {
      accounts.forEach(account -> tags.add(ByteBuffer.wrap(Holder.tag(account))));
    }

    /** How many items of these accounts hold a record, counted up to {@code most}. */
    public int holders(RecordId record, int most) throws IOException {
      int[] count = {0};
      blobs
          .ownership()
          .holders(
              record,
              name -> {
                count[0] += tags.contains(ByteBuffer.wrap(name, 0, Holder.TAG_BYTES)) ? 1 : 0;
                return count[0] < most;
              });
      return count[0];
    }

    /** Whether one of these accounts has a message in which a blob stands. */
    public boolean own(hapax.blob.BlobId blob) throws IOException {
      int[] left = {MOST_RECORDS};
      boolean[] owned = {false};
      blobs
          .ownership()
          .records(
              blob,
              record -> {
                owned[0] = holders(record, 1) > 0;
                return !owned[0] && --left[0] > 0;
              });
      return owned[0];
    }
  }

  /**
   * What is known of a peer.
   *
   * @param replica its identity
   * @param heard when it was last heard of
   * @param seen what it had seen then, by account
   */
  public record Peer(long replica, Instant heard, SortedMap<String, VersionVector> seen) {
    public Peer {
      seen = new TreeMap<>(seen);
    }
  }

  /** The peers of which something is known, by identity. */
  public SortedMap<Long, Peer> peers() throws IOException {
    return peers.all();
  }

  /** What a peer was last known to have seen. */
  public SortedMap<String, VersionVector> seenBy(long peer) throws IOException {
    return peers.seenBy(peer);
  }

  /**
   * Lets go of what was noted of a peer that will not come back: what it had seen, hence what it is
   * known to own, and what is owed. Nothing waits for peers, so nothing else changes; should it
   * come all the same, it is met like one that was never heard of. Committed when this returns; the
   * calling thread must have no unit of work open.
   */
  public void retire(long peer) throws IOException {
    peers.retire(peer);
  }

  /** What is still owed, by this store and to it. */
  public List<Debt> debts() throws IOException {
    return debts.open();
  }

  /**
   * Keeps that content for a change was not in a bundle, if it is news; in a unit of its own, not
   * committed. Of each account the first such change is to be told: there it stops.
   *
   * @param ours whether this store could not give it; else the peer did not
   */
  public void owe(long peer, boolean ours, LogEntry change, String reason) throws IOException {
    debts.owe(peer, ours, change, reason);
  }

  /** Keeps what a peer has seen, as far as it is news; in a unit of its own, not committed. */
  public void heard(long peer, Map<String, VersionVector> seen) throws IOException {
    peers.heard(peer, seen);
  }
}
