package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the packs hold what the rows say and the rows say what the packs hold. Runs while
 * nothing is committed.
 */
final class StoreCheck {
  private static final int ID_KEY = 1 + Id32.BYTES;

  private final StoreParts parts;
  private final LogFold fold;
  private final CheckScope scope;
  private final CheckFindings findings = new CheckFindings();

  /**
   * @param fold may be called beside other work
   */
  StoreCheck(StoreParts parts, LogFold fold, CheckScope scope) {
    this.parts = parts;
    this.fold = fold;
    this.scope = scope;
  }

  CheckReport run() throws IOException {
    try (CheckWorkers workers = new CheckWorkers()) {
      Random random = new Random();
      PackCheck packs =
          new PackCheck(
              parts, () -> random.nextDouble() * 100 < scope.percent(), findings, workers);
      walk(packs);
      workers.finish();
      boolean whole = nameWhatIsDamaged(packs.damage());
      checkReferences();
      if (scope.catalog() && whole) {
        compareWithReplay();
      }
      listDamaged();
      return packs.report();
    }
  }

  private void walk(PackCheck packs) throws IOException {
    FrameScan scan = new FrameScan(parts.files(), parts.place());
    for (int number : parts.place().numbers()) {
      scan.scanPack(number, 0, packs);
      try (DiskFile file = parts.place().read(number)) {
        packs.endOf(number, file.size());
      }
    }
    Set<Integer> missing = new PackRows(parts.rows()).named();
    missing.removeAll(parts.place().numbers());
    missing.forEach(number -> packs.endOf(number, 0));
  }

  /**
   * Finds by the rows what stood in damaged stretches.
   *
   * @return whether nothing did that a row points at
   */
  private boolean nameWhatIsDamaged(List<PackCheck.Damage> damage) throws IOException {
    List<PointedAt.Stretch> stretches = damage.stream().map(PackCheck.Damage::stretch).toList();
    Set<PointedAt.Stretch> pointedAt = new HashSet<>();
    new PointedAt(parts.rows().catalog())
        .scan(
            stretches,
            (key, place) -> {
              PackCheck.Damage at = at(damage, place);
              pointedAt.add(at.stretch());
              findings.add(named(key, at.how()));
              return true;
            });
    nameOtherDamage(damage.stream().filter(one -> !pointedAt.contains(one.stretch())).toList());
    return pointedAt.isEmpty();
  }

  /**
   * What no row points at is damage all the same, unless it is an older copy or a crash left it.
   */
  private void nameOtherDamage(List<PackCheck.Damage> others) throws IOException {
    Set<Integer> withHidden = new PackRows(parts.rows()).withHidden();
    List<PointedAt.Stretch> gaps =
        others.stream()
            .map(PackCheck.Damage::stretch)
            .filter(gap -> gap.to() < Long.MAX_VALUE && !withHidden.contains(gap.pack()))
            .toList();
    List<PointedAt.Stretch> committed = new CommittedGaps(gaps).find(parts.files(), parts.place());
    others.stream()
        .filter(one -> committed.contains(one.stretch()))
        .forEach(one -> findings.add(Finding.DamagedPack.of(one.how())));
  }

  private static PackCheck.Damage at(List<PackCheck.Damage> damage, Place place) {
    return damage.stream().filter(one -> one.stretch().contains(place)).findFirst().orElseThrow();
  }

  private static Finding named(byte[] key, CorruptStoreException how) {
    ByteBuffer id = ByteBuffer.wrap(key, 1, key.length - 1);
    return switch (key[0]) {
      case Rows.BLOB -> Finding.DamagedBlob.of(BlobId.readFrom(id), how);
      case Rows.RECORD -> Finding.DamagedRecord.of(RecordId.readFrom(id), how);
      default -> Finding.DamagedPack.of(how);
    };
  }

  /** Sees a row that says something of a blob or record of which there is no row. */
  @FunctionalInterface
  private interface Orphans {
    void row(byte[] key) throws IOException;
  }

  /** Each record that someone holds must be there, and each blob that it refers to. */
  private void checkReferences() throws IOException {
    Liveness liveness = new Liveness(parts.rows().catalog());
    orphans(Rows.BLOB, key -> missing(key, liveness));
    orphans(
        Rows.RECORD,
        key ->
            findings.add(
                new Finding.MissingRecord(RecordId.readFrom(ByteBuffer.wrap(key, 1, Id32.BYTES)))));
  }

  private void orphans(byte space, Orphans orphans) throws IOException {
    byte[] prefix = {space};
    byte[][] last = new byte[1][];
    parts
        .rows()
        .catalog()
        .scan(
            prefix,
            Rows.after(prefix),
            (key, value) -> {
              if (key.length == ID_KEY) {
                last[0] = key;
              } else if (!belongsTo(last[0], key)) {
                orphans.row(key);
              }
              return true;
            });
  }

  private static boolean belongsTo(byte @Nullable [] blob, byte[] reference) {
    return blob != null && java.util.Arrays.equals(blob, 0, ID_KEY, reference, 0, ID_KEY);
  }

  private void missing(byte[] reference, Liveness liveness) throws IOException {
    ByteBuffer ids = ByteBuffer.wrap(reference, 1, reference.length - 1);
    BlobId blob = BlobId.readFrom(ids);
    RecordId record = RecordId.readFrom(ids);
    if (liveness.record(record)) {
      findings.add(new Finding.MissingBlob(record, blob));
    }
  }

  private void compareWithReplay() throws IOException {
    Position known = Position.of(parts.rows().catalog(), parts.storeId()).orElse(Position.START);
    try (Catalog scratch = parts.scratch().open();
        CatalogRows rows = new CatalogRows(scratch);
        CommittedFrames committed = new CommittedFrames(parts.files(), rows, fold)) {
      CommitScan scan = new CommitScan(Position.START, known, committed);
      new FrameScan(parts.files(), parts.place()).scan(Position.START.place(), scan);
      scan.finish(() -> {});
      committed.write();
      new RowComparison(findings).compare(scratch, parts.rows().catalog());
    }
  }

  private void listDamaged() throws IOException {
    DamageList list = new DamageList(parts.rows());
    Set<Id32> found = findings.damaged();
    for (Id32 id : found) {
      list.add(id);
    }
    if (scope.percent() >= 100) {
      for (Id32 id : list.all()) {
        if (!found.contains(id)) {
          list.strike(id);
        }
      }
    }
  }
}
