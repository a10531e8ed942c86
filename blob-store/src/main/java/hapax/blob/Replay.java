package hapax.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a catalog up to the packs, from its position after a crash, from the beginning to build it
 * anew; and decides where frames go on.
 *
 * <p>What a crash left behind the last commit is cut off. Where there is any doubt that a crash
 * left it, it stays, and frames go on in a new pack: the mark of the next commit says that it is no
 * part of it.
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

  /**
   * How a store stands after a replay.
   *
   * @param last the last commit
   * @param end where frames go on
   * @param unsaid what the packs are yet to say: that the last commit is synced; null if they do
   * @param findings what was damaged in that which was replayed
   */
  record Result(Position last, PackEnd end, @Nullable SyncedMark unsaid, List<Finding> findings) {}

  /** Replays what the catalog has not seen. */
  Result run() throws IOException {
    Optional<Position> seen = Position.of(rows, storeId);
    Position known = seen.isPresent() && isOfThese(seen.get()) ? seen.get() : Position.START;
    boolean fits = seen.equals(Optional.of(known)) && namesWhatIsThere(known);
    Position from = fits ? known : startAnew();
    try (CommittedFrames committed = new CommittedFrames(files, rows, fold)) {
      CommitScan scan = new CommitScan(from, known, committed);
      new FrameScan(files, place).scan(from.place(), scan);
      scan.finish(() -> syncFrom(from.place().pack()));
      PackEnd end = end(scan, seen.isPresent());
      if (!fits || !scan.last().equals(from)) {
        scan.last().put(rows.open(), storeId);
      }
      new MissingPacks(rows, packs).forgetTheDead(place.numbers());
      if (rows.isChanged()) {
        committed.write();
      }
      cut(end);
      nameLeftBehind(end.offset() > 0 ? new Tail() : scan.tail());
      return new Result(scan.last(), end, unsaid(scan), committed.findings());
    }
  }

  /**
   * Whether the position may be one of these packs. If so it proves a commit even where the
   * commit's frame is damaged, was cut off, or is gone with its pack.
   */
  private boolean isOfThese(Position position) throws IOException {
    Place end = position.place();
    if (position.equals(Position.START) || isCutOff(end)) {
      return true;
    }
    try (PackFiles.Pack pack = files.use(end.pack())) {
      return isCommitEnd(pack, position);
    }
  }

  private boolean isCutOff(Place end) throws IOException {
    if (!place.numbers().contains(end.pack())) {
      return true;
    }
    try (PackFiles.Pack pack = files.use(end.pack())) {
      return pack.file().size() < end.offset();
    }
  }

  /** A frame that runs over the place shows that the pack went another way. */
  private boolean isCommitEnd(PackFiles.Pack pack, Position position) throws IOException {
    long end = position.place().offset();
    try {
      CommitMark mark = commitAt(pack, end);
      return mark != null && mark.sequence() == position.sequence();
    } catch (CorruptStoreException damaged) {
      Boundary boundary = new Boundary(end);
      new FrameScan(files, place).scanPack(pack.number(), 0, boundary);
      return !boundary.crossed;
    }
  }

  /** The mark of the commit whose frame ends at {@code end}; null if another frame does. */
  private static @Nullable CommitMark commitAt(PackFiles.Pack pack, long end) throws IOException {
    Frame frame = Frame.read(pack, end - Frame.FIXED - CommitMark.BYTES, end);
    return frame.kind() == Frame.Kind.COMMIT ? CommitMark.read(frame) : null;
  }

  /** Looks whether a frame stands on both sides of a place. */
  private static final class Boundary implements FrameScan.Visitor {
    private final long offset;
    private boolean crossed;

    Boundary(long offset) {
      this.offset = offset;
    }

    @Override
    public void frame(PackFiles.Pack pack, Place at, Frame frame) {
      crossed |= at.offset() < offset && at.offset() + frame.length() > offset;
    }

    @Override
    public void damaged(Place at, long length, CorruptStoreException how) {
      // Whatever stood there, it does not show that the pack went another way.
    }
  }

  private boolean namesWhatIsThere(Position known) throws IOException {
    return packs.nameAll(place.numbers(), known.place().pack());
  }

  private Position startAnew() throws IOException {
    DamageList damaged = new DamageList(rows);
    List<Id32> listed = damaged.all();
    rows.catalog().clear();
    for (Id32 id : listed) {
      damaged.add(id);
    }
    return Position.START;
  }

  private void syncFrom(int first) throws IOException {
    for (int number : place.numbers()) {
      if (number >= first) {
        try (DiskFile file = place.append(number)) {
          file.sync();
        }
      }
    }
    place.sync();
  }

  /**
   * Where frames go on: behind the last commit, if what stands there may be cut off.
   *
   * @param hadPosition whether the catalog knew how far commits went when they were acknowledged
   */
  private PackEnd end(CommitScan scan, boolean hadPosition) throws IOException {
    List<Integer> numbers = place.numbers();
    int highest = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    Place last = scan.last().place();
    int said = scan.isSaidNext() ? 1 : 0;
    boolean empty = scan.tail().items().size() == said;
    if (!empty && !(hadPosition && scan.tail().isTorn())) {
      return PackEnd.behind(highest);
    }
    if (!last.equals(Position.START.place()) && isCutOff(last)) {
      return PackEnd.behind(Math.max(highest, last.pack()));
    }
    if (!numbers.contains(last.pack())) {
      return PackEnd.behind(last.pack());
    }
    long offset = last.offset() + (long) said * (Frame.FIXED + SyncedMark.BYTES);
    return new PackEnd(last.pack(), offset, last, said);
  }

  /**
   * Packs of which nothing counts are named with the next commit, which goes beyond them; a sweep
   * will remove what was left behind.
   */
  private void nameLeftBehind(Tail left) throws IOException {
    for (int number : place.numbers()) {
      packs.name(number);
    }
    left.items().stream()
        .filter(Tail.Item::isContent)
        .forEach(item -> packs.hide(item.place().pack()));
  }

  /** Removes what stands behind the end, if frames go on there. */
  private void cut(PackEnd end) throws IOException {
    List<Integer> above = new ArrayList<>(place.numbers());
    above.removeIf(number -> number <= end.pack());
    for (int i = above.size() - 1; i >= 0; i--) {
      files.forget(above.get(i));
      place.delete(above.get(i));
    }
    if (!above.isEmpty()) {
      place.sync();
    }
    if (end.offset() > 0) {
      truncate(end);
    }
  }

  private void truncate(PackEnd end) throws IOException {
    files.forget(end.pack());
    try (DiskFile file = place.append(end.pack())) {
      if (file.size() > end.offset()) {
        file.truncate(end.offset());
        file.sync();
      }
    }
  }

  private @Nullable SyncedMark unsaid(CommitScan scan) throws IOException {
    Position last = scan.last();
    if (scan.isSaidNext() || last.equals(Position.START)) {
      return null;
    }
    SyncedMark mark = scan.lastMark();
    return mark != null ? mark : markOf(last);
  }

  private @Nullable SyncedMark markOf(Position commit) throws IOException {
    Place end = commit.place();
    if (isCutOff(end)) {
      return null;
    }
    try (PackFiles.Pack pack = files.use(end.pack())) {
      CommitMark mark = commitAt(pack, end.offset());
      return mark == null ? null : new SyncedMark(mark.sequence(), mark.start(), end);
    } catch (CorruptStoreException damaged) {
      // The catalog proves the commit; without its frame nothing more can be said of it.
      return null;
    }
  }
}
