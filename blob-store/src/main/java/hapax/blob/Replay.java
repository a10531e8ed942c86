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
  private final PackRows packs;

  Replay(PackPlace place, PackFiles files, CatalogRows rows, LogFold fold, byte[] storeId) {
    this.place = place;
    this.files = files;
    this.rows = rows;
    this.fold = fold;
    this.storeId = storeId;
    this.packs = new PackRows(rows);
  }

  /** Replays what the catalog has not seen; gives the position of the last commit. */
  Position run() throws IOException {
    Position known = known();
    Position from = isMadeOfWhatIsThere(known) ? known : startAnew();
    LastCommit last = new LastCommit(known);
    new FrameScan(files, place).scan(known.place(), last);
    Position end = last.position;
    if (end.place().compareTo(from.place()) > 0) {
      apply(from, end);
    }
    cutAfter(end.place());
    return end;
  }

  /**
   * The catalog's position, if the packs reach so far. It proves a commit even where the commit's
   * frame is damaged or the catalog is made anew.
   */
  private Position known() throws IOException {
    Position position = Position.of(rows, storeId).orElse(Position.START);
    return position.equals(Position.START) || reaches(position.place()) ? position : Position.START;
  }

  private boolean isMadeOfWhatIsThere(Position known) throws IOException {
    return !known.equals(Position.START) && packs.areMadeOf(place.numbers(), known.place().pack());
  }

  private Position startAnew() throws IOException {
    DamagedBlobs damaged = new DamagedBlobs(rows);
    List<BlobId> listed = damaged.all();
    rows.catalog().clear();
    for (BlobId blob : listed) {
      damaged.add(blob);
    }
    return Position.START;
  }

  private void apply(Position from, Position end) throws IOException {
    for (int number : place.numbers()) {
      if (number >= from.place().pack() && number <= end.place().pack()) {
        packs.name(number);
      }
    }
    try (FrameCodec codec = new FrameCodec()) {
      new FrameScan(files, place).scan(from.place(), new Apply(end, codec));
    }
    end.put(rows.open(), storeId);
    rows.prepareCommit();
    rows.finishCommit();
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
    private final Indexer indexer = Indexer.ofReplayed(rows);
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
        case COMMIT -> commit();
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

    /** Keeps the batch small. Without a position, it means nothing should this end halfway. */
    private void commit() throws IOException {
      if (entries > ENTRIES_AT_ONCE) {
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
