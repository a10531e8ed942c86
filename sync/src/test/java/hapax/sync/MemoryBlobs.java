package hapax.sync;

import hapax.blob.BlobId;
import hapax.blob.BlobStore;
import hapax.blob.CheckReport;
import hapax.blob.CheckScope;
import hapax.blob.Content;
import hapax.blob.Finding;
import hapax.blob.FoldRows;
import hapax.blob.Intake;
import hapax.blob.Ownership;
import hapax.blob.Parcel;
import hapax.blob.PutResult;
import hapax.blob.RecordId;
import hapax.blob.RowReader;
import hapax.blob.ScratchRows;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.blob.SweepMargins;
import hapax.blob.SweepPlan;
import hapax.blob.SweepResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A log and its rows in memory: all of a blob store that accounts need, without content. */
final class MemoryBlobs implements BlobStore {
  final Rows rows = new Rows(this::forgetLog);
  final TreeMap<byte[], byte[]> log = new TreeMap<>(Arrays::compareUnsigned);
  int commits;

  /** Rows, and who holds which record, so that all can be compared as text. */
  static final class Rows implements FoldRows {
    private static final String OF_STORE =
        "" + (char) Keys.PEER + (char) Keys.DEBT + (char) Keys.RETIRED + (char) Keys.RETENTION;

    final TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);
    final TreeMap<String, RecordId> holders = new TreeMap<>();
    private final BiConsumer<byte[], byte[]> forget;

    Rows(BiConsumer<byte[], byte[]> forget) {
      this.forget = forget;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      map.remove(key);
    }

    @Override
    public void relieve() {
      // They are in memory, all of them.
    }

    @Override
    public void forgetLog(byte[] from, byte[] to) {
      forget.accept(from, to);
    }

    @Override
    public void hold(RecordId record, byte[] holder) {
      holders.put(record + " " + HexFormat.of().formatHex(holder), record);
    }

    @Override
    public void release(RecordId record, byte[] holder) {
      holders.remove(record + " " + HexFormat.of().formatHex(holder));
    }

    @Override
    public boolean holds(RecordId record, byte[] holder) {
      return holders.containsKey(record + " " + HexFormat.of().formatHex(holder));
    }

    @Override
    public byte[] get(byte[] key) {
      return map.get(key);
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) throws IOException {
      SortedMap<byte[], byte[]> range = to == null ? map.tailMap(from) : map.subMap(from, to);
      for (Map.Entry<byte[], byte[]> row : new TreeMap<>(range).entrySet()) {
        if (!visitor.row(row.getKey(), row.getValue())) {
          return;
        }
      }
    }

    /** Every row and holder, one a line. */
    String text() {
      return text("");
    }

    /** The same without what is of the store, not of accounts. */
    String ofAccounts() {
      return text(OF_STORE);
    }

    /** What all replicas agree on that know the same changes, whatever each has forgotten. */
    String common() throws IOException {
      Rows common = new Rows((from, to) -> {});
      for (Map.Entry<byte[], byte[]> row : map.entrySet()) {
        common.put(row.getKey(), common(row.getKey()[0], row.getValue()));
      }
      return common.text(OF_STORE + (char) Keys.BIN);
    }

    private static byte[] common(byte kind, byte[] row) throws IOException {
      if (kind == Keys.ACCOUNT) {
        return new AccountState(AccountState.decode(row).created(), 0).encode();
      }
      if (kind == Keys.ITEM) {
        ItemState item = ItemRow.decode(row);
        if (item.expunged() != null) {
          item.forget();
        }
        return ItemRow.encode(item);
      }
      return row;
    }

    private String text(String without) {
      StringBuilder text = new StringBuilder();
      HexFormat hex = HexFormat.of();
      map.forEach(
          (key, value) -> {
            if (without.indexOf((char) key[0]) < 0) {
              text.append((char) key[0])
                  .append(hex.formatHex(key, 1, key.length))
                  .append('=')
                  .append(hex.formatHex(value))
                  .append('\n');
            }
          });
      holders.keySet().forEach(holder -> text.append("held ").append(holder).append('\n'));
      return text.toString();
    }
  }

  /** As {@code cp -r} makes one. */
  MemoryBlobs copy() {
    MemoryBlobs copy = new MemoryBlobs();
    copy.log.putAll(log);
    copy.rows.map.putAll(rows.map);
    copy.rows.holders.putAll(rows.holders);
    return copy;
  }

  private void forgetLog(byte[] from, byte[] to) {
    log.subMap(from, to).clear();
  }

  void append(byte[] entry) throws IOException {
    log.put(new ChangeFold().fold(entry, rows), entry);
  }

  @Override
  public Intake intake(Parcel parcel) {
    return intake();
  }

  @Override
  public void awaitReadable(BlobId blob) {}

  @Override
  public void flush() {}

  @Override
  public Intake intake() {
    return new Intake() {
      @Override
      public PutResult putBlob(BlobId id, long length, Content content) {
        throw new UnsupportedOperationException();
      }

      @Override
      public PutResult putRecord(StoredRecord record) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void append(byte[] entry) throws IOException {
        MemoryBlobs.this.append(entry);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Ownership ownership() {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreReader reader() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void commit() {
    commits++;
  }

  @Override
  public long uncommittedBytes() {
    return 0;
  }

  @Override
  public boolean hasRecord(RecordId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RowReader rows() {
    return rows;
  }

  @Override
  public ScratchRows scratchRows() {
    return new MemoryScratch();
  }

  @Override
  public void scanLog(byte[] from, byte[] to, RowReader.Visitor visitor) throws IOException {
    SortedMap<byte[], byte[]> range = to == null ? log.tailMap(from) : log.subMap(from, to);
    for (Map.Entry<byte[], byte[]> entry : range.entrySet()) {
      if (!visitor.row(entry.getKey(), entry.getValue())) {
        return;
      }
    }
  }

  @Override
  public void scanLogPlaces(byte[] from, byte[] to, LogPlaceVisitor visitor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void scanRecords(RecordVisitor visitor) throws IOException {
    TreeMap<String, Long> counts = new TreeMap<>();
    rows.holders.values().forEach(record -> counts.merge(record.toString(), 1L, Long::sum));
    for (Map.Entry<String, Long> record : counts.entrySet()) {
      visitor.record(RecordId.parse(record.getKey()), 0, new byte[0], record.getValue());
    }
  }

  @Override
  public void scanHeldInOrder(RecordOrder visitor) {
    throw new AssertionError("accounts do not look at the order of records");
  }

  @Override
  public void scanBlobs(BlobVisitor visitor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreSizes sizes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SweepPlan planSweep(SweepMargins margins) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SweepResult sweep(SweepPlan plan) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void withoutSweep(Work work) throws IOException {
    work.run();
  }

  @Override
  public CheckReport check(CheckScope scope) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Finding> openingFindings() {
    return List.of();
  }

  @Override
  public boolean isDamaged() {
    return false;
  }

  @Override
  public long damagedBlobs() {
    return 0;
  }

  @Override
  public String storeId() {
    return "00000000000000000000000000000000";
  }

  @Override
  public void close() {}
}
