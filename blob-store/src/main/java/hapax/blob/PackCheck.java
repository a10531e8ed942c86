package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Checks what stands in the packs, in the order in which it stands there. A large blob is checked
 * where its first piece is, a group where it is; what no row points at is not looked into.
 */
final class PackCheck implements FrameScan.Visitor {
  private final StoreParts parts;
  private final BooleanSupplier chosen;
  private final CheckFindings findings;
  private final CheckWorkers workers;
  private final List<Damage> damage = new ArrayList<>();
  private long frames;
  private long blobs;
  private long records;

  PackCheck(
      StoreParts parts, BooleanSupplier chosen, CheckFindings findings, CheckWorkers workers) {
    this.parts = parts;
    this.chosen = chosen;
    this.findings = findings;
    this.workers = workers;
  }

  /** Bytes that can not be read, of which the rows tell what they were. */
  record Damage(PointedAt.Stretch stretch, CorruptStoreException how) {}

  @Override
  public void frame(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
    switch (frame.kind()) {
      case BULK -> piece(at, BulkPiece.read(frame));
      case GROUP, FOOTER -> {
        if (chosen.getAsBoolean()) {
          workers.run(codec -> payload(at, frame, codec));
        }
      }
      case COMMIT, SYNCED, END, OPTIONAL -> count(1, 0, 0);
    }
  }

  @Override
  public void damaged(Place at, long length, CorruptStoreException how) {
    add(at, at.offset() + length, how);
  }

  private synchronized void add(Place at, long end, CorruptStoreException how) {
    damage.add(new Damage(new PointedAt.Stretch(at.pack(), at.offset(), end), how));
  }

  /** What follows the end of a pack's file: rows that point there were cut off from it. */
  void endOf(int pack, long size) {
    CorruptStoreException cut =
        new CorruptStoreException(parts.place().name(pack), size, "more frames", "the end");
    add(new Place(pack, size), Long.MAX_VALUE, cut);
  }

  private void piece(Place at, BulkPiece piece) throws IOException {
    byte[] key = Rows.blob(piece.id());
    byte[] value = piece.offset() == 0 ? parts.rows().get(key) : null;
    if (value != null
        && Rows.readBlob(key, value) instanceof Rows.BlobRow.Large row
        && row.pieces().get(0).equals(at)
        && chosen.getAsBoolean()) {
      workers.run(codec -> large(piece.id(), row, codec));
    }
  }

  private void large(BlobId id, Rows.BlobRow.Large row, FrameCodec codec) throws IOException {
    MessageDigest digest = Digests.sha256();
    try {
      long position = 0;
      for (Place at : row.pieces()) {
        try (PackFiles.Pack pack = parts.files().use(at.pack())) {
          Frame frame = BlobReader.frame(pack, at, new BulkPiece(id, row.length(), position));
          digest.update(codec.decode(pack.file(), pack.name(), at.offset(), frame));
          position += frame.rawLength();
        }
      }
      check(id, row.length(), position, digest, row.pieces().get(0));
    } catch (CorruptStoreException damaged) {
      findings.add(Finding.DamagedBlob.of(id, damaged));
    }
    count(row.pieces().size(), 1, 0);
  }

  private void check(BlobId id, long expected, long length, MessageDigest digest, Place at) {
    BlobId found = BlobId.of(digest.digest());
    if (length != expected || !found.equals(id)) {
      String name = parts.place().name(at.pack());
      findings.add(
          new Finding.DamagedBlob(
              id, name, at.offset(), expected + " bytes", length + " bytes, SHA-256 " + found));
    }
  }

  private void payload(Place at, Frame frame, FrameCodec codec) throws IOException {
    try (PackFiles.Pack pack = parts.files().use(at.pack())) {
      ByteBuffer payload = codec.decode(pack.file(), pack.name(), at.offset(), frame);
      if (frame.kind() == Frame.Kind.GROUP) {
        group(at, Group.read(payload, pack.name(), at.offset()));
      }
    } catch (CorruptStoreException damaged) {
      add(at, at.offset() + frame.length(), damaged);
    }
    count(1, 0, 0);
  }

  private void group(Place at, Group group) {
    for (GroupEntry entry : group.entries()) {
      if (entry instanceof GroupEntry.BlobEntry blob) {
        MessageDigest digest = Digests.sha256();
        digest.update(group.view(blob.content()));
        long length = blob.content().length();
        check(blob.id(), length, length, digest, at);
        count(0, 1, 0);
      } else if (entry instanceof GroupEntry.RecordEntry) {
        count(0, 0, 1);
      }
    }
  }

  private synchronized void count(long moreFrames, long moreBlobs, long moreRecords) {
    frames += moreFrames;
    blobs += moreBlobs;
    records += moreRecords;
  }

  synchronized List<Damage> damage() {
    return List.copyOf(damage);
  }

  synchronized CheckReport report() {
    return new CheckReport(
        frames, blobs, records, findings.damagedBlobs(), findings.kept(), findings.count());
  }
}
