package hapax.blob;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is committed behind some position, and hands it on commit by commit.
 *
 * <p>A commit is <em>proven</em> once a later frame says that it was synced: its synced frame, or
 * any mark of a commit with a higher number. What is damaged in a proven commit is corruption; the
 * rest of it counts. Only the last commit can be unproven. If anything of that is missing or
 * damaged, a crash cut it off before anybody was told of it, and nothing of it counts.
 */
final class CommitScan implements FrameScan.Visitor {
  private final CommittedFrames committed;

  /** All before it is committed; it proves a commit even where the commit's frame is damaged. */
  private final Position known;

  private Tail tail = new Tail();
  private @Nullable Unproven unproven;
  private Position last;
  private @Nullable SyncedMark lastMark;
  private boolean saidNext;

  /** A commit's frame, and all that stands between it and the commit before. */
  private record Unproven(Tail items, CommitMark mark, Place end) {
    SyncedMark synced() {
      return new SyncedMark(mark.sequence(), mark.start(), end);
    }
  }

  CommitScan(Position from, Position known, CommittedFrames committed) {
    this.last = from;
    this.known = known;
    this.committed = committed;
  }

  @Override
  public void frame(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
    Tail.Whole whole = new Tail.Whole(at, frame);
    switch (frame.kind()) {
      case COMMIT -> commit(whole);
      case SYNCED -> synced(whole);
      case END -> {
        committed.sealed(at.pack());
        tail.add(whole);
      }
      case BULK, GROUP, FOOTER, OPTIONAL -> tail.add(whole);
    }
  }

  @Override
  public void damaged(Place at, long length, CorruptStoreException how) {
    tail.add(new Tail.Gap(at, length, how));
  }

  private void commit(Tail.Whole frame) throws IOException {
    CommitMark mark = CommitMark.read(frame.frame());
    if (!settleIfBefore(mark.sequence())) {
      reopenUnproven();
    }
    tail.add(frame);
    unproven = new Unproven(tail, mark, frame.end());
    tail = new Tail();
  }

  /** If the commit's own frame is damaged, this one says where it was. */
  private void synced(Tail.Whole frame) throws IOException {
    SyncedMark mark = SyncedMark.read(frame.frame());
    if (unproven != null && unproven.end().equals(mark.end())) {
      settle(unproven);
    } else if (settleIfBefore(mark.sequence()) || mark.sequence() > last.sequence()) {
      reopenUnproven();
      settle(tail.takeUpTo(mark.end()), mark);
    }
    if (mark.end().equals(last.place()) && mark.end().equals(frame.place())) {
      saidNext = true;
    }
    tail.add(frame);
  }

  /** A commit gets its number once the one before counts; the frame that said so may be swept. */
  private boolean settleIfBefore(long sequence) throws IOException {
    if (unproven == null || unproven.mark().sequence() >= sequence) {
      return false;
    }
    settle(unproven);
    return true;
  }

  private void settle(Unproven commit) throws IOException {
    unproven = null;
    settle(commit.items(), commit.synced());
  }

  private void settle(Tail items, SyncedMark mark) throws IOException {
    committed.add(items, mark.start());
    committed.commit();
    last = new Position(mark.end(), mark.sequence());
    lastMark = mark;
    saidNext = false;
  }

  /** Takes a commit that does not count for what else stands behind the last one. */
  private void reopenUnproven() {
    if (unproven != null) {
      tail = unproven.items().and(tail);
      unproven = null;
    }
  }

  /** Makes what stands in the packs durable. */
  @FunctionalInterface
  interface Sync {
    void run() throws IOException;
  }

  /**
   * Decides about the last commit. If it counts although nothing proves that it was synced, it is
   * synced first: what readers see must not be lost by the next crash.
   */
  void finish(Sync sync) throws IOException {
    if (unproven != null && unproven.mark().sequence() <= known.sequence()) {
      settle(unproven);
    } else if (unproven != null && isWhole(unproven)) {
      sync.run();
      settle(unproven);
    }
    reopenUnproven();
    if (last.sequence() < known.sequence()) {
      Place from = Position.START.place();
      settle(tail.takeUpTo(known.place()), new SyncedMark(known.sequence(), from, known.place()));
    }
  }

  private boolean isWhole(Unproven commit) throws IOException {
    int frames = 0;
    for (Tail.Item item : commit.items().items()) {
      if (item.place().compareTo(commit.mark().start()) >= 0) {
        if (!(item instanceof Tail.Whole whole) || !committed.isWhole(whole)) {
          return false;
        }
        frames++;
      }
    }
    return frames - 1 == commit.mark().frames();
  }

  /** The last commit that counts. */
  Position last() {
    return last;
  }

  /** The last commit, if it was not the one from which the scan began. */
  @Nullable SyncedMark lastMark() {
    return lastMark;
  }

  /** Whether the frame right behind the last commit says that it is synced. */
  boolean isSaidNext() {
    return saidNext;
  }

  /** What stands behind the last commit. */
  Tail tail() {
    return tail;
  }
}
