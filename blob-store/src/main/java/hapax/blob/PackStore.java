package hapax.blob;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store over packs and a catalog.
 *
 * <h2>Locks, outermost first</h2>
 *
 * <ol>
 *   <li>{@link Commits}: one commit at a time.
 *   <li>{@link Commits}: units of work share, a commit excludes them while it writes the open group
 *       and the commit frame. So a commit never falls inside a unit.
 *   <li>{@link Commits}: who writes to the catalog, or needs it to stay as it is. A unit that is
 *       large asks for it, and goes on without if it is taken.
 *   <li>a {@link Claims claim} on a blob.
 *   <li>{@link RecordKeeper}: one log entry is folded at a time.
 *   <li>{@link OpenGroup}.
 *   <li>{@link Appender}: the end of the last pack, and the order in which rows are made of frames.
 * </ol>
 *
 * Compression and comparison happen under none of the last three.
 */
final class PackStore implements BlobStore {
  private final StoreParts parts;
  private final Appender appender;
  private final Commits commits;
  private final ReaderPool readers;
  private final BlobKeeper blobs;
  private final RecordKeeper records;
  private final StoreOptions options;
  private final OpenGroup group;
  private final Proven proven = new Proven();

  /** One sweep, check or plan at a time. */
  private final Object upkeep = new Object();

  private final List<Finding> openingFindings;

  /** Opens a store whose parts are there, and replays what its catalog has not seen. */
  PackStore(StoreParts parts, StoreOptions options, LogFold fold, Clock clock) throws IOException {
    this.parts = parts;
    this.options = options;
    Replay.Result replayed =
        new Replay(parts.place(), parts.files(), parts.rows(), fold, parts.storeId()).run();
    openingFindings = replayed.findings();
    appender = new Appender(parts, options, replayed.end());
    if (replayed.unsaid() != null) {
      appender.appendSynced(replayed.unsaid());
    }
    group = new OpenGroup(appender, options);
    commits = new Commits(parts.rows(), appender, group, clock, replayed.last().sequence());
    readers = new ReaderPool(parts);
    blobs = new BlobKeeper(parts.rows(), options, appender, readers, proven);
    records =
        new RecordKeeper(
            parts.rows(),
            appender,
            readers,
            fold,
            () -> commits.relieve(options.rowBytes()),
            proven);
  }

  @Override
  public Intake intake() {
    return new UnitIntake(commits, blobs, records, group, options);
  }

  @Override
  public Intake intake(Parcel parcel) {
    ParcelGroup whole = new ParcelGroup(parcel, group, appender, options);
    return new UnitIntake(commits, blobs, records, whole, options);
  }

  @Override
  public void flush() throws IOException {
    // As a unit of work, so that no commit falls between what it takes and what it appends.
    commits.beginUnit();
    try {
      group.flush();
    } finally {
      commits.endUnit();
    }
  }

  @Override
  public void awaitReadable(BlobId blob) throws IOException {
    if (appender.isPending(blob)) {
      // What a unit puts of a parcel is appended when the unit ends.
      commits.flushAfterUnits();
    }
  }

  @Override
  public StoreReader reader() {
    return new PackReader(parts.files(), parts.rows(), blobs::foundDamaged);
  }

  @Override
  public void commit() throws IOException {
    commits.commit();
  }

  @Override
  public long uncommittedBytes() {
    return appender.uncommittedBytes();
  }

  @Override
  public boolean hasRecord(RecordId id) throws IOException {
    return records.has(id);
  }

  @Override
  public RowReader rows() {
    return records.upperRows();
  }

  @Override
  public ScratchRows scratchRows() {
    return new SpillingRows(parts.scratch(), SpillingRows.MOST_BYTES);
  }

  @Override
  public void scanLog(byte[] from, byte @Nullable [] to, RowReader.Visitor visitor)
      throws IOException {
    byte[] end = to == null ? Rows.after(new byte[] {Rows.LOG}) : Rows.key(Rows.LOG, to);
    PackReader reader = readers.take();
    try {
      parts
          .rows()
          .scan(
              Rows.key(Rows.LOG, from),
              end,
              (key, value) ->
                  visitor.row(Arrays.copyOfRange(key, 1, key.length), reader.logEntry(key, value)));
    } finally {
      readers.giveBack(reader);
    }
  }

  @Override
  public void scanLogPlaces(byte[] from, byte[] to, LogPlaceVisitor visitor) throws IOException {
    parts
        .rows()
        .scan(
            Rows.key(Rows.LOG, from),
            Rows.key(Rows.LOG, to),
            (key, value) ->
                visitor.entry(Arrays.copyOfRange(key, 1, key.length), new LogPlace(key, value)));
  }

  @Override
  public void scanRecords(RecordVisitor visitor) throws IOException {
    new RowScan(parts.rows()).records(visitor);
  }

  @Override
  public void scanHeldInOrder(RecordOrder visitor) throws IOException {
    new RecordsByPlace(parts.rows()).scan(visitor);
  }

  @Override
  public void scanBlobs(BlobVisitor visitor) throws IOException {
    new RowScan(parts.rows()).blobs(visitor);
  }

  @Override
  public Ownership ownership() {
    return new RowOwnership(parts.rows());
  }

  @Override
  public StoreSizes sizes() throws IOException {
    long packs = 0;
    for (int number : parts.place().numbers()) {
      try (DiskFile file = parts.place().read(number)) {
        packs += file.size();
      }
    }
    return new StoreSizes(packs, parts.rows().catalog().storedBytes());
  }

  @Override
  public SweepPlan planSweep(SweepMargins margins) throws IOException {
    synchronized (upkeep) {
      return new SweepPlanner(parts, margins).plan();
    }
  }

  @Override
  public SweepResult sweep(SweepPlan plan) throws IOException {
    synchronized (upkeep) {
      Mover mover = new Mover(parts, options, appender, commits, blobs);
      return new Sweep(
              parts, appender, commits, proven, records, readers, mover, options.rowsAtOnce())
          .run(plan);
    }
  }

  @Override
  public void withoutSweep(Work work) throws IOException {
    synchronized (upkeep) {
      work.run();
    }
  }

  @Override
  public CheckReport check(CheckScope scope) throws IOException {
    synchronized (upkeep) {
      List<CheckReport> report = new ArrayList<>();
      commits.atCommit(() -> report.add(new StoreCheck(parts, records::foldInto, scope).run()));
      return report.get(0);
    }
  }

  @Override
  public long damagedBlobs() throws IOException {
    return new DamageList(parts.rows()).blobs();
  }

  @Override
  public boolean isDamaged() throws IOException {
    return !new DamageList(parts.rows()).all().isEmpty();
  }

  @Override
  public String storeId() {
    return HexFormat.of().formatHex(parts.storeId());
  }

  @Override
  public List<Finding> openingFindings() {
    return openingFindings;
  }

  @Override
  public void close() throws IOException {
    readers.close();
    appender.close();
    parts.close();
  }
}
