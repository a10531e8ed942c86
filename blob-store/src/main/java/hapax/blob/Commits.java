package hapax.blob;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Keeps units of work and commits apart, and lets commits asked for together be one. */
final class Commits {
  private final CatalogRows rows;
  private final Appender appender;
  private final OpenGroup group;
  private final Clock clock;

  /** One commit at a time; held over the sync and the catalog's batch. */
  private final Object commits = new Object();

  /** Read by each unit of work from begin to end, written while a commit closes the units. */
  private final ReentrantReadWriteLock units = new ReentrantReadWriteLock(true);

  /** Held by who writes to the catalog, or needs it to stay as it is. */
  private final ReentrantLock catalog = new ReentrantLock();

  private final AtomicLong asked = new AtomicLong();
  private long done;
  private long sequence;

  /** Goes on after commit number {@code sequence}. */
  Commits(CatalogRows rows, Appender appender, OpenGroup group, Clock clock, long sequence) {
    this.rows = rows;
    this.appender = appender;
    this.group = group;
    this.clock = clock;
    this.sequence = sequence;
  }

  /** What the rows take in memory that were changed since the last commit. */
  long rowBytes() {
    return rows.openBytes();
  }

  void beginUnit() {
    units.readLock().lock();
  }

  void endUnit() {
    units.readLock().unlock();
  }

  /** Appends what units have put, once those under way have ended; the caller must have none. */
  void flushAfterUnits() throws IOException {
    requireNoUnit();
    units.writeLock().lock();
    try {
      group.flush();
    } finally {
      units.writeLock().unlock();
    }
  }

  /** What is done while no unit of work and no other commit is under way. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private void requireNoUnit() {
    if (units.getReadHoldCount() > 0) {
      throw new IllegalStateException("what waits for units of work, in the midst of one");
    }
  }

  /** Makes everything of the units that ended before this call durable. */
  void commit() throws IOException {
    requireNoUnit();
    long ticket = asked.incrementAndGet();
    synchronized (commits) {
      if (done < ticket) {
        commit(() -> {}, false);
      }
    }
  }

  /** Makes durable what the units left, and with it the rows that {@code work} changes. */
  void commitWith(Work work) throws IOException {
    synchronized (commits) {
      commit(work, true);
    }
  }

  /** Commits, and runs {@code work} while the catalog stays as that leaves it. */
  void atCommit(Work work) throws IOException {
    synchronized (commits) {
      catalog.lock();
      try {
        commit(() -> {}, false);
        work.run();
      } finally {
        catalog.unlock();
      }
    }
  }

  /**
   * Writes rows that take more than {@code most} bytes in memory to the catalog ahead of their
   * commit ({@link CatalogRows#writeAhead}), for a unit of work or an entry that makes many of
   * them; not while somebody else needs the catalog. To be called within a unit.
   */
  void relieve(long most) throws IOException {
    if (rows.openBytes() < most || !catalog.tryLock()) {
      return;
    }
    try {
      appender.guarded(
          () -> {
            rows.writeAhead();
            return rows;
          });
    } finally {
      catalog.unlock();
    }
  }

  private void commit(Work work, boolean always) throws IOException {
    appender.ensureUsable();
    long covers;
    SyncedMark mark;
    // Compresses beside the units what is there; only what comes meanwhile keeps them waiting.
    group.flush();
    units.writeLock().lock();
    try {
      covers = asked.get();
      work.run();
      group.flush();
      if (appender.uncommittedBytes() == 0 && !always) {
        done = covers;
        return;
      }
      sequence++;
      mark = appender.appendCommit(sequence, clock.millis());
      rows.prepareCommit();
      // Nobody has it now whom this would wait for: who relieves a unit has that unit open.
      catalog.lock();
    } finally {
      units.writeLock().unlock();
    }
    try {
      appender.guarded(
          () -> {
            finish(mark);
            return mark;
          });
    } finally {
      catalog.unlock();
    }
    done = covers;
  }

  private void finish(SyncedMark mark) throws IOException {
    appender.sync();
    appender.appendSynced(mark);
    rows.finishCommit();
  }
}
