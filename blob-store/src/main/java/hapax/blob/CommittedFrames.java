package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes rows of the frames of commits that are read back, and writes them to the catalog a few
 * commits at a time. Damage is noted and passed over: what is around it counts.
 */
final class CommittedFrames implements Closeable {
  private static final int ENTRIES_AT_ONCE = 20_000;

  /** What rows may take in memory, however much one commit holds. */
  private static final long ROW_BYTES_AT_ONCE = 8L << 20;

  private final PackFiles files;
  private final CatalogRows rows;
  private final LogFold fold;
  private final Indexer indexer;
  private final PackRows packs;
  private final UpperRows upper;
  private final FrameCodec codec = new FrameCodec();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Integer> sealed = new HashSet<>();
  private long entries;

  CommittedFrames(PackFiles files, CatalogRows rows, LogFold fold) {
    this.files = files;
    this.rows = rows;
    this.fold = fold;
    this.indexer = Indexer.ofReplayed(rows);
    this.packs = new PackRows(rows);
    this.upper = new UpperRows(rows, this::relieve);
  }

  /** The last frame of a pack was seen. */
  void sealed(int pack) {
    sealed.add(pack);
  }

  /**
   * Takes what stands between two commits. Frames before {@code start} do not count: a crash left
   * them behind, and frames went on at the begin of a new pack. If {@code start} is not there but
   * behind another commit, and their pack was sealed, they are of a commit whose own frame a sweep
   * has removed with a later pack, and count. (Both can not be: the first sweep after such a crash
   * removes what it left.)
   */
  void add(Tail items, Place start) throws IOException {
    boolean behindCommit = start.offset() > 0;
    for (Tail.Item item : items.items()) {
      int pack = item.place().pack();
      packs.name(pack);
      if (item.place().compareTo(start) >= 0 || (behindCommit && sealed.contains(pack))) {
        add(item);
      } else if (item.isContent()) {
        packs.hide(pack);
      }
    }
  }

  private void add(Tail.Item item) throws IOException {
    if (item instanceof Tail.Gap gap) {
      findings.add(Finding.DamagedPack.of(gap.how()));
    } else if (item instanceof Tail.Whole whole) {
      add(whole);
    }
  }

  private void add(Tail.Whole whole) throws IOException {
    try {
      switch (whole.frame().kind()) {
        case BULK -> indexer.bulk(whole.place(), whole.frame());
        case GROUP -> addGroup(whole);
        case COMMIT, SYNCED, FOOTER, END, OPTIONAL -> {}
      }
    } catch (CorruptStoreException damaged) {
      findings.add(Finding.DamagedPack.of(damaged));
    }
  }

  private void addGroup(Tail.Whole whole) throws IOException {
    Place at = whole.place();
    Group group;
    try (PackFiles.Pack pack = files.use(at.pack())) {
      group =
          Group.read(
              codec.decode(pack.file(), pack.name(), at.offset(), whole.frame()),
              pack.name(),
              at.offset());
    }
    entries += group.entries().size();
    indexer.group(at, whole.frame().length(), group, (n, entry) -> fold(entry));
  }

  /** Folds an entry; one may make some thousand rows, and a group has many. */
  private byte[] fold(byte[] entry) throws IOException {
    relieve();
    return fold.fold(entry, upper);
  }

  private void relieve() throws IOException {
    if (rows.openBytes() > ROW_BYTES_AT_ONCE) {
      write();
    }
  }

  /** Whether a frame's payload is what its header says. */
  boolean isWhole(Tail.Whole whole) throws IOException {
    try (PackFiles.Pack pack = files.use(whole.place().pack())) {
      codec.readStored(pack.file(), pack.name(), whole.place().offset(), whole.frame());
      return true;
    } catch (CorruptStoreException damaged) {
      // The answer is all that is asked for here.
      return false;
    }
  }

  /** A commit ends: what it did not complete will never be complete. */
  void commit() throws IOException {
    indexer.dropUnfinished();
    if (entries > ENTRIES_AT_ONCE) {
      write();
    }
  }

  /**
   * Writes what there is. Should this end halfway, the position is the one before, and the same is
   * replayed over these rows: the fold of an entry that was seen changes nothing, and one that was
   * folded in part goes on.
   */
  void write() throws IOException {
    entries = 0;
    rows.prepareCommit();
    rows.finishCommit();
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  @Override
  public void close() {
    codec.close();
  }
}
