package hapax.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a catalog up to the packs: from its position after a crash, from the beginning to build it
 * anew. What stands after the last commit frame was never acknowledged and is cut off.
 */
final class Replay {
  private final PackPlace place;
  private final PackFiles files;
  private final CatalogRows rows;
  private final LogFold fold;
  private final byte[] storeId;

  Replay(PackPlace place, PackFiles files, CatalogRows rows, LogFold fold, byte[] storeId) {
    this.place = place;
    this.files = files;
    this.rows = rows;
    this.fold = fold;
    this.storeId = storeId;
  }

  /** Replays what the catalog has not seen; gives the position of the last commit. */
  Position run() throws IOException {
    Position from = start();
    LastCommit last = new LastCommit(from);
    new FrameScan(files, place).scan(from.place(), last);
    Position end = last.position;
    if (end.place().compareTo(from.place()) > 0) {
      try (FrameCodec codec = new FrameCodec()) {
        new FrameScan(files, place).scan(from.place(), new Apply(end, codec));
      }
    }
    cutAfter(end.place());
    return end;
  }

  /**
   * The catalog's position, or the beginning with an empty catalog if it fits no pack that is
   * there.
   */
  private Position start() throws IOException {
    Position position = Position.of(rows, storeId).orElse(Position.START);
    if (position.equals(Position.START) || !reaches(position.place())) {
      rows.catalog().clear();
      return Position.START;
    }
    return position;
  }

  private boolean reaches(Place at) throws IOException {
    if (!place.numbers().contains(at.pack())) {
      return false;
    }
    try (DiskFile file = place.read(at.pack())) {
      return file.size() >= at.offset();
    }
  }

  private void cutAfter(Place end) throws IOException {
    List<Integer> numbers = new ArrayList<>(place.numbers());
    for (int i = numbers.size() - 1; i >= 0 && numbers.get(i) > end.pack(); i--) {
      files.forget(numbers.get(i));
      place.delete(numbers.get(i));
    }
    if (numbers.contains(end.pack())) {
      files.forget(end.pack());
      try (DiskFile file = place.append(end.pack())) {
        if (file.size() > end.offset()) {
          file.truncate(end.offset());
          file.sync();
        }
      }
    }
    place.sync();
  }

  /** Finds the last commit. */
  private static final class LastCommit implements FrameScan.Visitor {
    private Position position;

    LastCommit(Position from) {
      position = from;
    }

    @Override
    public void frame(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
      if (frame.kind() == Frame.Kind.COMMIT) {
        try (FrameCodec codec = new FrameCodec()) {
          CommitMark mark =
              CommitMark.read(codec.decode(pack.file(), pack.name(), at.offset(), frame));
          position =
              new Position(new Place(at.pack(), at.offset() + frame.length()), mark.sequence());
        } catch (CorruptStoreException damaged) {
          // A commit frame that is not whole commits nothing; an earlier or later one decides.
          return;
        }
      }
    }

    @Override
    public void damaged(Place at, long length, IOException how) {
      // A torn tail, which is cut off, or damage, which the store's check reports.
    }
  }

  /** Makes rows of the frames up to the last commit, and writes them commit by commit. */
  private final class Apply implements FrameScan.Visitor {
    private static final int ENTRIES_AT_ONCE = 20_000;

    private final Position end;
    private final FrameCodec codec;
    private final Indexer indexer = new Indexer(rows);
    private final UpperRows upper = new UpperRows(rows);
    private long entries;

    Apply(Position end, FrameCodec codec) {
      this.end = end;
      this.codec = codec;
    }

    @Override
    public void frame(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
      if (at.compareTo(end.place()) >= 0) {
        return;
      }
      switch (frame.kind()) {
        case BULK -> indexer.bulk(at, frame);
        case GROUP -> group(pack, at, frame);
        case COMMIT -> commit(at, frame);
        case FOOTER -> {}
      }
    }

    private void group(PackFiles.Pack pack, Place at, Frame frame) throws IOException {
      Group group;
      try {
        group =
            Group.read(
                codec.decode(pack.file(), pack.name(), at.offset(), frame),
                pack.name(),
                at.offset());
      } catch (CorruptStoreException damaged) {
        // What the group held gets no rows and is missing until it comes in again; the check says
        // so.
        return;
      }
      entries += group.entries().size();
      indexer.group(at, frame.length(), group, (n, entry) -> fold.fold(entry, upper));
    }

    private void commit(Place at, Frame frame) throws IOException {
      boolean last =
          at.pack() == end.place().pack() && at.offset() + frame.length() == end.place().offset();
      if (last) {
        end.put(rows.open(), storeId);
      }
      if (last || entries > ENTRIES_AT_ONCE) {
        entries = 0;
        rows.prepareCommit();
        rows.finishCommit();
      }
    }

    @Override
    public void damaged(Place at, long length, IOException how) {
      // Reported by the store's check; the frames around it are good.
    }
  }
}
