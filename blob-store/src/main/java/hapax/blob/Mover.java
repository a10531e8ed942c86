package hapax.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Appends again what stands in a pack that is to go: pieces of large blobs as they are, entries of
 * groups in new groups, in their old order, which are compressed harder than those of new arrivals
 * may be. Each blob and each group is a unit of work of its own. For one thread.
 */
final class Mover {
  /** Groups are written here once and read for years; 19 takes twelve times as long for 3.5 %. */
  private static final int GROUP_LEVEL = 12;

  private final StoreParts parts;
  private final StoreOptions options;
  private final Appender appender;
  private final Commits commits;
  private final BlobKeeper blobs;
  private GroupBuilder group = new GroupBuilder();
  private long appended;

  Mover(
      StoreParts parts,
      StoreOptions options,
      Appender appender,
      Commits commits,
      BlobKeeper blobs) {
    this.parts = parts;
    this.options = options;
    this.appender = appender;
    this.commits = commits;
    this.blobs = blobs;
  }

  /** Bytes of the frames appended until now. */
  long appended() {
    return appended;
  }

  /** Does something that no commit may fall into; rows are changed in no other way. */
  void inUnit(Commits.Work work) throws IOException {
    commits.beginUnit();
    try {
      work.run();
    } finally {
      commits.endUnit();
    }
  }

  /**
   * Moves a large blob, unless its row is no longer {@code seen}.
   *
   * @throws CorruptStoreException if it is damaged; it then stays where it is
   */
  void moveLarge(BlobId id, byte[] seen) throws IOException {
    inUnit(() -> blobs.withClaim(id, () -> moveClaimed(id, seen)));
  }

  private void moveClaimed(BlobId id, byte[] seen) throws IOException {
    byte[] key = Rows.blob(id);
    if (Arrays.equals(seen, parts.rows().get(key))
        && Rows.readBlob(key, seen) instanceof Rows.BlobRow.Large row) {
      List<Place> places = appendPieces(id, row);
      Rows.BlobRow moved = new Rows.BlobRow.Large(row.length(), row.storedBytes(), places);
      parts.rows().open().put(key, Rows.write(moved));
    }
  }

  private List<Place> appendPieces(BlobId id, Rows.BlobRow.Large row) throws IOException {
    FrameCodec codec = appender.takeCodec();
    try {
      List<Place> places = new ArrayList<>();
      long position = 0;
      for (Place at : row.pieces()) {
        try (PackFiles.Pack pack = parts.files().use(at.pack())) {
          Frame frame = BlobReader.frame(pack, at, new BulkPiece(id, row.length(), position));
          position += frame.rawLength();
          appended += frame.length();
          places.add(appender.append(codec.copy(pack.file(), pack.name(), at.offset(), frame)));
        }
      }
      return places;
    } finally {
      appender.giveBack(codec);
    }
  }

  /** Moves an entry of a group. */
  void moveEntry(Consumer<GroupBuilder> entry) throws IOException {
    entry.accept(group);
    if (group.size() >= options.groupBytes()) {
      flush();
    }
  }

  /** Appends the group under way. */
  void flush() throws IOException {
    GroupBuilder full = group;
    group = new GroupBuilder();
    if (full.isEmpty()) {
      return;
    }
    inUnit(
        () -> {
          appender.countUncommitted(full.size());
          appended += appender.appendGroup(full, GROUP_LEVEL);
        });
  }
}
