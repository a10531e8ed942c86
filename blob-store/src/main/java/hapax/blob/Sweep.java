package hapax.blob;

import java.io.IOException;

/**
 * Carries out a plan, pack by pack, in order of their numbers, so that an older copy is gone before
 * the one that hides it. For each pack:
 *
 * <ol>
 *   <li>what lives in it is appended again, beside all other work;
 *   <li>a commit makes the copies durable;
 *   <li>a second commit, while no unit of work is under way, looks again at what was dead, copies
 *       what came to life meanwhile, and removes the rows of the rest and the pack's name; where so
 *       much is dead that several commits do this, the first marks the name;
 *   <li>the file is removed.
 * </ol>
 *
 * After a crash before 3 the pack is there and named, and the rows point at the copies or at it;
 * the next sweep frees it. After a crash between 3 and 4, or within 3, the pack is there but not
 * named, or its name is marked, so the catalog is made anew, and the copies, coming later, hide
 * what they are copies of. After 4 nothing is left to do. In no case is a living entry without a
 * durable copy to which its row points.
 */
final class Sweep {
  private final StoreParts parts;
  private final Appender appender;
  private final Commits commits;
  private final Proven proven;
  private final RecordKeeper records;
  private final ReaderPool readers;
  private final Mover mover;
  private final int rowsAtOnce;
  private long blobsRemoved;
  private long recordsRemoved;
  private long bytesRemoved;
  private int packsRemoved;

  Sweep(
      StoreParts parts,
      Appender appender,
      Commits commits,
      Proven proven,
      RecordKeeper records,
      ReaderPool readers,
      Mover mover,
      int rowsAtOnce) {
    this.parts = parts;
    this.appender = appender;
    this.commits = commits;
    this.proven = proven;
    this.records = records;
    this.readers = readers;
    this.mover = mover;
    this.rowsAtOnce = rowsAtOnce;
  }

  /**
   * Carries out the plan.
   *
   * @throws IllegalStateException if it was carried out before
   */
  SweepResult run(SweepPlan plan) throws IOException {
    commits.commit();
    for (SweepPlan.Pack pack : plan.going()) {
      if (!parts.place().numbers().contains(pack.number())) {
        throw new IllegalStateException("the plan was carried out: " + pack.file() + " is gone");
      }
      appender.sealIfLast(pack.number());
      compact(pack.number());
    }
    long freed = bytesRemoved - mover.appended();
    return new SweepResult(blobsRemoved, recordsRemoved, freed, packsRemoved);
  }

  private void compact(int number) throws IOException {
    FrameCodec codec = appender.takeCodec();
    try {
      PackCompaction pack = new PackCompaction(parts, mover, records, codec, number, rowsAtOnce);
      boolean mayGo = pack.copyLiving();
      commits.commit();
      if (mayGo) {
        boolean all;
        do {
          all = removeRows(pack);
        } while (!all);
        remove(number);
        blobsRemoved += pack.blobsRemoved();
        recordsRemoved += pack.recordsRemoved();
      }
    } finally {
      appender.giveBack(codec);
    }
  }

  /** Removes rows of what is dead, as many as one commit takes; says whether all are gone. */
  private boolean removeRows(PackCompaction pack) throws IOException {
    boolean[] all = {false};
    // Should this fail, rows are gone whose pack stays: nothing of it may be committed.
    commits.commitWith(
        () ->
            appender.guarded(
                () -> {
                  all[0] = removeSome(pack);
                  return pack;
                }));
    return all[0];
  }

  private boolean removeSome(PackCompaction pack) throws IOException {
    PackReader reader = readers.take();
    try {
      boolean all = pack.removeRows(reader);
      proven.clear();
      return all;
    } finally {
      readers.giveBack(reader);
    }
  }

  private void remove(int number) throws IOException {
    long bytes;
    try (DiskFile file = parts.place().read(number)) {
      bytes = file.size();
    }
    parts.files().forget(number);
    parts.place().delete(number);
    parts.place().sync();
    bytesRemoved += bytes;
    packsRemoved++;
  }
}
