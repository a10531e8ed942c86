package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The emptying of one pack: first everything that lives in it is copied out, beside all other work;
 * then, while no unit of work is under way, the rest is looked at once more and its rows are
 * removed. Only then may the file go.
 *
 * <p>It holds a few hundred bytes for each of the dead in the pack.
 */
final class PackCompaction implements FrameScan.Visitor {
  private final StoreParts parts;
  private final Mover mover;
  private final RecordKeeper records;
  private final FrameCodec codec;
  private final int number;
  private final Liveness liveness;
  private final DamageList damaged;
  private final List<Dead> dead = new ArrayList<>();
  private final List<PointedAt.Stretch> damage = new ArrayList<>();
  private boolean stuck;
  private long blobsRemoved;
  private long recordsRemoved;

  PackCompaction(
      StoreParts parts, Mover mover, RecordKeeper records, FrameCodec codec, int number) {
    this.parts = parts;
    this.mover = mover;
    this.records = records;
    this.codec = codec;
    this.number = number;
    this.liveness = new Liveness(parts.rows());
    this.damaged = new DamageList(parts.rows());
  }

  /** What was dead when it was looked at first; {@code seen} is the value of its row. */
  @SuppressWarnings("ArrayRecordComponent") // compared by their bytes where they are used
  private sealed interface Dead {
    record Blob(BlobId id, byte[] seen) implements Dead {}

    record OfRecord(RecordId id, byte[] seen, List<BlobId> blobs) implements Dead {}

    /** An older copy of a record, which may have other references. */
    record OlderRecord(RecordId id, List<BlobId> blobs) implements Dead {}
  }

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
        ByteBuffer payload = codec.decode(pack.file(), pack.name(), at.offset(), frame);
        Group group = Group.read(payload, pack.name(), at.offset());
        mover.inUnit(() -> group(at, group));
      }
    } catch (CorruptStoreException damaged) {
      damage.add(new PointedAt.Stretch(number, at.offset(), at.offset() + frame.length()));
    }
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
      dead.add(new Dead.Blob(id, seen));
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

  private void group(Place at, Group group) throws IOException {
    for (int i = 0; i < group.entries().size(); i++) {
      GroupEntry entry = group.entries().get(i);
      if (entry instanceof GroupEntry.RecordEntry record) {
        record(at, i, group, record);
      } else if (entry instanceof GroupEntry.BlobEntry blob) {
        blob(at, i, group, blob);
      } else if (entry instanceof GroupEntry.LogEntry log) {
        log(at, i, group.bytes(log.entry()));
      }
    }
  }

  private void record(Place at, int entryNumber, Group group, GroupEntry.RecordEntry record)
      throws IOException {
    byte[] key = Rows.record(record.id());
    byte[] seen = parts.rows().get(key);
    if (seen == null || !Rows.readRecord(key, seen).isAt(at, entryNumber)) {
      dead.add(new Dead.OlderRecord(record.id(), record.blobs()));
    } else if (liveness.record(record.id())) {
      mover.moveEntry(to -> to.add(group.record(record)));
    } else {
      dead.add(new Dead.OfRecord(record.id(), seen, record.blobs()));
    }
  }

  private void blob(Place at, int entryNumber, Group group, GroupEntry.BlobEntry blob)
      throws IOException {
    byte[] key = Rows.blob(blob.id());
    byte[] seen = parts.rows().get(key);
    if (seen == null
        || !(Rows.readBlob(key, seen) instanceof Rows.BlobRow.Small row)
        || !row.isAt(at, entryNumber)) {
      return;
    }
    if (liveness.blob(blob.id())) {
      mover.moveEntry(to -> to.add(blob.id(), group.bytes(blob.content())));
    } else {
      dead.add(new Dead.Blob(blob.id(), seen));
    }
  }

  private void log(Place at, int entryNumber, byte[] entry) throws IOException {
    byte[] key = records.fold(entry);
    byte[] row = parts.rows().get(Rows.key(Rows.LOG, key));
    if (Arrays.equals(row, Rows.writeLog(at, entryNumber))) {
      mover.moveEntry(to -> to.add(key, entry));
    }
  }

  /**
   * Removes the rows of the dead, having copied what came to life; while no unit of work is under
   * way.
   */
  void removeRows(PackReader reader) throws IOException {
    for (Dead one : dead) {
      if (one instanceof Dead.Blob blob) {
        removeBlob(blob, reader);
      } else if (one instanceof Dead.OfRecord record) {
        removeRecord(record, reader);
      } else if (one instanceof Dead.OlderRecord older) {
        removeReferences(older, reader);
      }
    }
    mover.flush();
    new PackRows(parts.rows()).remove(number);
  }

  private void removeBlob(Dead.Blob blob, PackReader reader) throws IOException {
    byte[] key = Rows.blob(blob.id);
    if (!Arrays.equals(blob.seen, parts.rows().get(key))) {
      return;
    }
    if (!liveness.blob(blob.id)) {
      parts.rows().open().delete(key);
      damaged.remove(blob.id);
      blobsRemoved++;
    } else if (Rows.readBlob(key, blob.seen) instanceof Rows.BlobRow.Large) {
      mover.moveLarge(blob.id, blob.seen);
    } else {
      byte[] content = reader.smallBlob(blob.id);
      mover.moveEntry(to -> to.add(blob.id, content));
    }
  }

  private void removeRecord(Dead.OfRecord record, PackReader reader) throws IOException {
    byte[] key = Rows.record(record.id);
    if (!Arrays.equals(record.seen, parts.rows().get(key))) {
      removeReferences(new Dead.OlderRecord(record.id, record.blobs), reader);
    } else if (liveness.record(record.id)) {
      StoredRecord alive = reader.record(record.id).orElseThrow();
      mover.moveEntry(to -> to.add(alive));
    } else {
      parts.rows().open().delete(key);
      record.blobs.forEach(blob -> removeReference(blob, record.id));
      recordsRemoved++;
    }
  }

  /** Removes references that an older copy of a record has and the newer one has not. */
  private void removeReferences(Dead.OlderRecord older, PackReader reader) throws IOException {
    List<BlobId> kept = reader.record(older.id).map(StoredRecord::blobs).orElse(List.of());
    older.blobs.stream()
        .filter(blob -> !kept.contains(blob))
        .forEach(blob -> removeReference(blob, older.id));
  }

  private void removeReference(BlobId blob, RecordId record) {
    parts.rows().open().delete(Rows.reference(blob, record));
  }

  long blobsRemoved() {
    return blobsRemoved;
  }

  long recordsRemoved() {
    return recordsRemoved;
  }
}
