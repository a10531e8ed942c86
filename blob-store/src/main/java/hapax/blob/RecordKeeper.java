package hapax.blob;

import java.io.IOException;

/** Keeps records and log entries. */
final class RecordKeeper {
  private final CatalogRows rows;
  private final Appender appender;
  private final OpenGroup group;
  private final ReaderPool readers;
  private final PackRows packs;
  private final LogFold fold;
  private final UpperRows upper;

  RecordKeeper(
      CatalogRows rows, Appender appender, OpenGroup group, ReaderPool readers, LogFold fold) {
    this.rows = rows;
    this.appender = appender;
    this.group = group;
    this.readers = readers;
    this.packs = new PackRows(rows);
    this.fold = fold;
    this.upper = new UpperRows(rows);
  }

  PutResult put(StoredRecord record) throws IOException {
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
    group.add(to -> to.add(record));
    if (known == null) {
      return PutResult.STORED;
    }
    packs.hide(Rows.readRecord(key, known).place().pack());
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

  boolean has(RecordId id) throws IOException {
    return appender.isPending(id) || rows.get(Rows.record(id)) != null;
  }

  /** Appends an entry to the log and folds it at once. */
  void append(byte[] entry) throws IOException {
    appender.ensureUsable();
    byte[] key = fold(entry);
    appender.guarded(
        () -> {
          group.add(to -> to.add(key, entry));
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
