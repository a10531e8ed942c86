package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The emptying of one pack: first everything that lives in it is copied out, beside all other work;
 * then, while no unit of work is under way, the rest is looked at once more and its rows are
 * removed. Only then may the file go.
 *
 * <p>Of groups it remembers only where something was dead, a bit for each entry, and reads these
 * again: a pack may hold a million messages that nobody wants. The rows of so many are removed with
 * several commits.
 */
final class PackCompaction implements FrameScan.Visitor {
  private final StoreParts parts;
  private final Mover mover;
  private final RecordKeeper records;
  private final FrameCodec codec;
  private final int number;
  private final Liveness liveness;
  private final DamageList damaged;

  /** How many rows one commit removes, to within a group. */
  private final int rowsAtOnce;

  private final List<DeadBlob> deadLarge = new ArrayList<>();
  private final Deque<DeadEntries> inGroups = new ArrayDeque<>();
  private final List<PointedAt.Stretch> damage = new ArrayList<>();
  private boolean stuck;
  private long blobsRemoved;
  private long recordsRemoved;
  private int removed;

  PackCompaction(
      StoreParts parts,
      Mover mover,
      RecordKeeper records,
      FrameCodec codec,
      int number,
      int rowsAtOnce) {
    this.parts = parts;
    this.mover = mover;
    this.records = records;
    this.codec = codec;
    this.number = number;
    this.rowsAtOnce = rowsAtOnce;
    this.liveness = new Liveness(parts.rows());
    this.damaged = new DamageList(parts.rows());
  }

  /**
   * A large blob that was dead when it was looked at first; {@code seen} is the value of its row.
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by its bytes where it is used
  private record DeadBlob(BlobId id, byte[] seen) {}

  /** The entries of a group that were dead when they were looked at first. */
  private record DeadEntries(Tail.Whole frame, BitSet numbers) {}

  /**
   * Copies the living.
   *
   * @return whether the pack may go: nothing that someone may miss is damaged in it
   */
  boolean copyLiving() throws IOException {
    mover.inUnit(() -> new PackRows(parts.rows()).hide(number));
    new FrameScan(parts.files(), parts.place()).scanPack(number, 0, this);
    mover.flush();
    return !stuck && !new PointedAt(parts.rows()).any(damage);
  }

  @Override
  public void frame(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
    try {
      if (frame.kind() == Frame.Kind.BULK) {
        piece(at, BulkPiece.read(frame).id());
      } else if (frame.kind() == Frame.Kind.GROUP) {
        Group group = decode(pack, new Tail.Whole(at, frame));
        mover.inUnit(() -> copyLiving(new Tail.Whole(at, frame), group));
      }
    } catch (CorruptStoreException damaged) {
      damage.add(new PointedAt.Stretch(number, at.offset(), at.offset() + frame.length()));
    }
  }

  private Group decode(PackFiles.Pack pack, Tail.Whole at) throws IOException {
    long offset = at.place().offset();
    ByteBuffer payload = codec.decode(pack.file(), pack.name(), offset, at.frame());
    return Group.read(payload, pack.name(), offset);
  }

  @Override
  public void damaged(Place at, long length, CorruptStoreException how) {
    damage.add(new PointedAt.Stretch(number, at.offset(), at.offset() + length));
  }

  private void piece(Place at, BlobId id) throws IOException {
    byte[] key = Rows.blob(id);
    byte[] seen = parts.rows().get(key);
    if (seen == null
        || !(Rows.readBlob(key, seen) instanceof Rows.BlobRow.Large row)
        || !at.equals(firstHere(row))) {
      return;
    }
    if (!liveness.blob(id)) {
      deadLarge.add(new DeadBlob(id, seen));
      return;
    }
    try {
      mover.moveLarge(id, seen);
    } catch (CorruptStoreException unreadable) {
      damaged.add(id);
      stuck = true;
    }
  }

  private @Nullable Place firstHere(Rows.BlobRow.Large row) {
    return row.pieces().stream().filter(piece -> piece.pack() == number).findFirst().orElse(null);
  }

  private void copyLiving(Tail.Whole frame, Group group) throws IOException {
    Place at = frame.place();
    BitSet dead = new BitSet();
    for (int i = 0; i < group.entries().size(); i++) {
      GroupEntry entry = group.entries().get(i);
      if (entry instanceof GroupEntry.LogEntry log) {
        log(at, i, group.bytes(log.entry()));
      } else if (!copyIfAlive(at, i, group, entry)) {
        dead.set(i);
      }
    }
    if (!dead.isEmpty()) {
      inGroups.add(new DeadEntries(frame, dead));
    }
  }

  /** Copies a record or small blob if it lives; says whether that is all there is to be done. */
  private boolean copyIfAlive(Place at, int entryNumber, Group group, GroupEntry entry)
      throws IOException {
    if (entry instanceof GroupEntry.RecordEntry record) {
      boolean alive = isHere(at, entryNumber, record) && liveness.record(record.id());
      if (alive) {
        mover.moveEntry(to -> to.add(group.record(record)));
      }
      return alive;
    }
    if (entry instanceof GroupEntry.BlobEntry blob && isHere(at, entryNumber, blob)) {
      boolean alive = liveness.blob(blob.id());
      if (alive) {
        mover.moveEntry(to -> to.add(blob.id(), group.bytes(blob.content())));
      }
      return alive;
    }
    return true;
  }

  /** Whether the record's row points at this entry: there may be a later copy. */
  private boolean isHere(Place at, int entryNumber, GroupEntry.RecordEntry record)
      throws IOException {
    byte[] key = Rows.record(record.id());
    byte[] row = parts.rows().get(key);
    return row != null && Rows.readRecord(key, row).isAt(at, entryNumber);
  }

  private boolean isHere(Place at, int entryNumber, GroupEntry.BlobEntry blob) throws IOException {
    byte[] key = Rows.blob(blob.id());
    byte[] row = parts.rows().get(key);
    return row != null
        && Rows.readBlob(key, row) instanceof Rows.BlobRow.Small small
        && small.isAt(at, entryNumber);
  }

  private void log(Place at, int entryNumber, byte[] entry) throws IOException {
    byte[] key = records.fold(entry);
    byte[] row = parts.rows().get(Rows.key(Rows.LOG, key));
    if (Arrays.equals(row, Rows.writeLog(at, entryNumber))) {
      mover.moveEntry(to -> to.add(key, entry));
    }
  }

  /**
   * Removes rows of the dead, having copied what came to life; while no unit of work is under way.
   *
   * @return whether all are gone; else the rest wants another commit
   */
  boolean removeRows(PackReader reader) throws IOException {
    removed = 0;
    for (DeadBlob blob : deadLarge) {
      removeLarge(blob);
    }
    deadLarge.clear();
    while (!inGroups.isEmpty() && removed < rowsAtOnce) {
      removeRows(inGroups.remove(), reader);
    }
    mover.flush();
    if (inGroups.isEmpty()) {
      new PackRows(parts.rows()).remove(number);
    } else {
      new PackRows(parts.rows()).leaving(number);
    }
    return inGroups.isEmpty();
  }

  private void removeLarge(DeadBlob blob) throws IOException {
    if (!Arrays.equals(blob.seen, parts.rows().get(Rows.blob(blob.id)))) {
      return;
    }
    if (liveness.blob(blob.id)) {
      mover.moveLarge(blob.id, blob.seen);
    } else {
      remove(blob.id);
    }
  }

  private void remove(BlobId blob) throws IOException {
    delete(Rows.blob(blob));
    damaged.remove(blob);
    blobsRemoved++;
  }

  private void removeRows(DeadEntries dead, PackReader reader) throws IOException {
    Place at = dead.frame.place();
    Group group;
    try (PackFiles.Pack pack = parts.files().use(number)) {
      group = decode(pack, dead.frame);
    }
    for (int i = dead.numbers.nextSetBit(0); i >= 0; i = dead.numbers.nextSetBit(i + 1)) {
      GroupEntry entry = group.entries().get(i);
      if (copyIfAlive(at, i, group, entry)) {
        continue;
      }
      if (entry instanceof GroupEntry.BlobEntry blob) {
        remove(blob.id());
      } else if (entry instanceof GroupEntry.RecordEntry record) {
        remove(record, isHere(at, i, record), reader);
      }
    }
  }

  private void remove(GroupEntry.RecordEntry record, boolean isHere, PackReader reader)
      throws IOException {
    if (isHere) {
      delete(Rows.record(record.id()));
      record.blobs().forEach(blob -> delete(Rows.reference(blob, record.id())));
      recordsRemoved++;
    } else if (!record.blobs().isEmpty()) {
      removeReferences(record, reader);
    }
  }

  /** Removes references that an older copy of a record has and the newer one has not. */
  private void removeReferences(GroupEntry.RecordEntry older, PackReader reader)
      throws IOException {
    List<BlobId> kept = reader.record(older.id()).map(StoredRecord::blobs).orElse(List.of());
    older.blobs().stream()
        .filter(blob -> !kept.contains(blob))
        .forEach(blob -> delete(Rows.reference(blob, older.id())));
  }

  private void delete(byte[] key) {
    parts.rows().open().delete(key);
    removed++;
  }

  long blobsRemoved() {
    return blobsRemoved;
  }

  long recordsRemoved() {
    return recordsRemoved;
  }
}
