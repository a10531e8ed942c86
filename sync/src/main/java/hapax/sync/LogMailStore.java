package hapax.sync;

import hapax.blob.BlobStore;
import hapax.blob.Intake;
import hapax.blob.RowReader;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts kept as change logs in a {@link BlobStore} whose fold is {@link ChangeFold}. */
final class LogMailStore implements MailStore {
  /** How many entries of a log one commit of a trimming takes out or writes anew. */
  private static final int TRIMMED_AT_ONCE = 10_000;

  private final BlobStore blobs;

  /** How often, in milliseconds, a store that is changed is told from its copies anew. */
  private static final long TOLD_APART_EVERY = 60_000;

  private final Identity.Keeper keeper;
  private final InstantSource wall;
  private final HybridClock clock;
  private final Retention retention;
  private final Map<String, LogAccount> accounts = new HashMap<>();
  private final Map<Instant, PastRows> pasts = new HashMap<>();

  /** For who replaces the identity or writes it anew; nothing else is locked under it. */
  private final Object keeping = new Object();

  private volatile Identity identity;

  /** When the identity was last written, 0 if not since the store was opened. */
  private volatile long written;

  /**
   * The accounts in {@code blobs}.
   *
   * @param keeper knows as whom changes are made here
   */
  LogMailStore(BlobStore blobs, Identity.Keeper keeper, InstantSource wall) throws IOException {
    this.blobs = blobs;
    this.keeper = keeper;
    this.identity = keeper.current();
    this.wall = wall;
    this.clock = new HybridClock(wall);
    this.retention = new Retention(this);
    startClock();
  }

  /** Sets the clock after every time that was seen. */
  private void startClock() throws IOException {
    blobs
        .rows()
        .scan(
            new byte[] {Keys.SEEN},
            new byte[] {Keys.SEEN + 1},
            (key, value) -> {
              long time = Seen.decode(value).latestTime();
              if (Keys.lastOrigin(key) == identity.id()) {
                clock.resume(time);
              } else {
                clock.observe(time);
              }
              return true;
            });
  }

  /** Gives the times of changes made here, and is told those of others. */
  HybridClock clock() {
    return clock;
  }

  /** As whom changes are made here. */
  Identity identity() {
    return identity;
  }

  /**
   * Takes a new identity, because a peer knows more of this store's changes than the store does: it
   * was rolled back in a way that its file could not tell. What it did in the time that is lost
   * comes back from the peer like the changes of any other replica.
   */
  void renewIdentity() throws IOException {
    long before = identity().id();
    become(Identity.heir(before, wall.millis()));
  }

  /**
   * To be called before a change is appended. Copies that were made until now have another identity
   * file then: if one of them is put back over the store, that is noticed, however little of it was
   * written. One that is made less than a minute before the last changes may not be.
   */
  void beforeChange() throws IOException {
    long now = wall.millis();
    if (now < written || now - written >= TOLD_APART_EVERY) {
      synchronized (keeping) {
        keeper.become(identity);
        written = now;
      }
    }
  }

  private void become(Identity next) throws IOException {
    synchronized (accounts) {
      synchronized (keeping) {
        keeper.become(next);
        identity = next;
      }
      for (LogAccount account : accounts.values()) {
        account.become(next);
      }
    }
  }

  @Override
  public Replication replication() {
    return new Replication(this);
  }

  @Override
  public BlobStore blobs() {
    return blobs;
  }

  @Override
  public List<String> accounts() throws IOException {
    List<String> names = new ArrayList<>();
    blobs
        .rows()
        .scan(
            new byte[] {Keys.ACCOUNT},
            new byte[] {Keys.ACCOUNT + 1},
            (key, value) -> {
              if (AccountState.decode(value).created() != null) {
                names.add(Keys.accountOf(key));
              }
              return true;
            });
    return names;
  }

  @Override
  public Optional<Account> account(String name) throws IOException {
    return isThere(blobs.rows(), name) ? Optional.of(open(name)) : Optional.empty();
  }

  private static boolean isThere(RowReader rows, String account) throws IOException {
    return new AccountIndex(rows, account).account().created() != null;
  }

  @Override
  public Account openAccount(String name) throws IOException {
    LogAccount account = open(Names.account(name));
    if (!isThere(blobs.rows(), name)) {
      try (Intake unit = blobs.intake()) {
        account.create(unit);
      }
    }
    return account;
  }

  /** Reads the index of an account, there or not. */
  AccountIndex index(String account) {
    return new AccountIndex(blobs.rows(), account);
  }

  /** An account that is to take changes from elsewhere, which may be the first to speak of it. */
  LogAccount taking(String account) throws IOException {
    return open(Names.account(account));
  }

  private LogAccount open(String name) throws IOException {
    synchronized (accounts) {
      LogAccount account = accounts.get(name);
      if (account == null) {
        account = new LogAccount(name, blobs.rows(), identity, clock, this::beforeChange);
        accounts.put(name, account);
      }
      return account;
    }
  }

  @Override
  public Account asOf(String account, Instant moment) throws IOException {
    AccountState now = new AccountIndex(blobs.rows(), account).account();
    if (now.created() == null) {
      throw new IllegalArgumentException("there is no account " + account);
    }
    if (moment.toEpochMilli() < now.horizon()) {
      throw new IllegalArgumentException(
          "account "
              + account
              + " can be shown as of "
              + Instant.ofEpochMilli(now.horizon())
              + " or later; what was expunged before is forgotten");
    }
    PastRows rows = past(moment);
    synchronized (rows) {
      // What is forgotten now was not forgotten then, but its messages may be gone.
      new HorizonNote(account, now.horizon()).fold(rows);
      new ChangeLog(blobs).fold(account, moment, rows);
    }
    return new PastAccount(account, rows, moment);
  }

  private PastRows past(Instant moment) {
    synchronized (pasts) {
      return pasts.computeIfAbsent(moment, any -> new PastRows(blobs.scratchRows()));
    }
  }

  @Override
  public void commit() throws IOException {
    blobs.commit();
  }

  @Override
  public int retentionDays() throws IOException {
    return retention.days();
  }

  @Override
  public void keepExpunged(int days) throws IOException {
    retention.keep(days);
  }

  @Override
  public void forgetExpungedBefore(Instant moment) throws IOException {
    long until = Math.min(moment.toEpochMilli(), wall.millis());
    for (String name : until > 0 ? accounts() : List.<String>of()) {
      retention.forget(open(name), until);
    }
  }

  @Override
  public long trimLogs() throws IOException {
    long[] trimmed = {0};
    for (String name : accounts()) {
      blobs.withoutSweep(() -> trimmed[0] += new Trim(this, name, TRIMMED_AT_ONCE).run());
    }
    return trimmed[0];
  }

  @Override
  public void close() throws IOException {
    try (blobs) {
      synchronized (pasts) {
        for (PastRows rows : pasts.values()) {
          rows.close();
        }
        pasts.clear();
      }
    }
  }
}
