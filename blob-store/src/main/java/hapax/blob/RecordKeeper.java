package hapax.blob;

import java.io.IOException;
import java.util.List;

/** Keeps records and log entries. */
final class RecordKeeper {
  private final CatalogRows rows;
  private final Appender appender;
  private final ReaderPool readers;
  private final PackRows packs;
  private final LogFold fold;
  private final UpperRows upper;
  private final Liveness liveness;
  private final DamageList damaged;
  private final Proven proven;

  /** Folds with {@code fold}; {@code relief} is for entries that change many rows. */
  RecordKeeper(
      CatalogRows rows,
      Appender appender,
      ReaderPool readers,
      LogFold fold,
      UpperRows.Relief relief,
      Proven proven) {
    this.rows = rows;
    this.appender = appender;
    this.readers = readers;
    this.packs = new PackRows(rows);
    this.fold = fold;
    this.upper = new UpperRows(rows, relief);
    this.liveness = new Liveness(rows);
    this.damaged = new DamageList(rows);
    this.proven = proven;
  }

  /** Keeps a record, in {@code group}. */
  PutResult put(StoredRecord record, GroupTarget group) throws IOException {
    PutResult result = putUnproven(record, group);
    proven.add(record.id());
    return result;
  }

  private PutResult putUnproven(StoredRecord record, GroupTarget group) throws IOException {
    appender.ensureUsable();
    if (!appender.addPending(record.id())) {
      return PutResult.SHARED;
    }
    byte[] key = Rows.record(record.id());
    byte[] known = rows.get(key);
    if (known != null && storedEquals(record)) {
      appender.removePending(record.id());
      return PutResult.SHARED;
    }
    group.add(record);
    if (known == null) {
      return PutResult.STORED;
    }
    packs.hide(Rows.readRecord(key, known).place().pack());
    damaged.remove(record.id());
    return PutResult.HEALED;
  }

  private boolean storedEquals(StoredRecord record) throws IOException {
    PackReader reader = readers.take();
    try {
      return reader.record(record.id()).filter(record::sameAs).isPresent();
    } catch (CorruptStoreException damaged) {
      // The copy is not whole; writing the record anew heals it.
      return false;
    } finally {
      readers.giveBack(reader);
    }
  }

  /** Whether a record is there with its blobs: of one that nobody holds a sweep may take them. */
  boolean has(RecordId id) throws IOException {
    if (appender.isPending(id) || proven.contains(id)) {
      return true;
    }
    return rows.get(Rows.record(id)) != null && (liveness.record(id) || hasBlobs(id));
  }

  private boolean hasBlobs(RecordId id) throws IOException {
    PackReader reader = readers.take();
    try {
      List<BlobId> blobs = reader.record(id).map(StoredRecord::blobs).orElse(List.of());
      for (BlobId blob : blobs) {
        if (!appender.isPending(blob) && rows.get(Rows.blob(blob)) == null) {
          return false;
        }
      }
      return true;
    } catch (CorruptStoreException damaged) {
      // It can not be relied on; putting it again heals it.
      return false;
    } finally {
      readers.giveBack(reader);
    }
  }

  /** Appends an entry to the log, in {@code group}, and folds it at once. */
  void append(byte[] entry, GroupTarget group) throws IOException {
    appender.ensureUsable();
    byte[] key = fold(entry);
    appender.guarded(
        () -> {
          group.add(key, entry);
          return key;
        });
  }

  /** Folds an entry, as often as one likes, and gives its key; one at a time. */
  byte[] fold(byte[] entry) throws IOException {
    return foldInto(entry, upper);
  }

  /** Folds an entry into any rows, one at a time. */
  synchronized byte[] foldInto(byte[] entry, FoldRows rows) throws IOException {
    return fold.fold(entry, rows);
  }

  RowReader upperRows() {
    return upper;
  }
}
