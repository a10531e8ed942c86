package hapax.blob;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells gaps that damage made in commits from those that a crash left between them. It reads the
 * headers of all frames.
 */
final class CommittedGaps implements FrameScan.Visitor {
  private final List<PointedAt.Stretch> gaps;

  /**
   * By their numbers, the commits in which gaps are; of two with one number the later one counts.
   */
  private final Map<Long, SyncedMark> around = new HashMap<>();

  CommittedGaps(List<PointedAt.Stretch> gaps) {
    this.gaps = gaps;
  }

  /** Those of the gaps that are in commits that count. */
  List<PointedAt.Stretch> find(PackFiles files, PackPlace place) throws IOException {
    if (gaps.isEmpty()) {
      return List.of();
    }
    new FrameScan(files, place).scan(Position.START.place(), this);
    return gaps.stream()
        .filter(gap -> around.values().stream().anyMatch(mark -> contains(mark, gap)))
        .toList();
  }

  @Override
  public void frame(PackFiles.Pack pack, Place at, Frame frame) {
    if (frame.kind() == Frame.Kind.COMMIT) {
      CommitMark mark = CommitMark.read(frame);
      Place end = new Place(at.pack(), at.offset() + frame.length());
      add(new SyncedMark(mark.sequence(), mark.start(), end));
    } else if (frame.kind() == Frame.Kind.SYNCED) {
      add(SyncedMark.read(frame));
    }
  }

  private void add(SyncedMark mark) {
    around.remove(mark.sequence());
    if (gaps.stream().anyMatch(gap -> contains(mark, gap))) {
      around.put(mark.sequence(), mark);
    }
  }

  private static boolean contains(SyncedMark mark, PointedAt.Stretch gap) {
    Place begin = new Place(gap.pack(), gap.from());
    return mark.start().compareTo(begin) <= 0 && begin.compareTo(mark.end()) < 0;
  }

  @Override
  public void damaged(Place at, long length, CorruptStoreException how) {
    // One of the gaps.
  }
}
