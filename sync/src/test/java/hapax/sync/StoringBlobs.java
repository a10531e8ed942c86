package hapax.sync;

import hapax.blob.BlobId;
import hapax.blob.BlobStore;
import hapax.blob.CheckReport;
import hapax.blob.CheckScope;
import hapax.blob.Content;
import hapax.blob.CorruptStoreException;
import hapax.blob.Finding;
import hapax.blob.Intake;
import hapax.blob.LogPlace;
import hapax.blob.Ownership;
import hapax.blob.PackedGroup;
import hapax.blob.Parcel;
import hapax.blob.PutResult;
import hapax.blob.RecordId;
import hapax.blob.RecordPlace;
import hapax.blob.RowReader;
import hapax.blob.ScratchRows;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.blob.SweepMargins;
import hapax.blob.SweepPlan;
import hapax.blob.SweepResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole blob store in memory, for many threads; its writes can be made to fail. */
final class StoringBlobs implements BlobStore {
  final MemoryBlobs log = new MemoryBlobs();
  final Map<BlobId, byte[]> blobs = new HashMap<>();
  final Map<RecordId, StoredRecord> records = new HashMap<>();

  /** How many records may yet be put before the disk is full. */
  int room = Integer.MAX_VALUE;

  int commits;
  boolean failCommits;
  Step beforeCommit = () -> {};
  int recordsRead;
  private boolean broken;

  /** Something that happens. */
  interface Step {
    void run() throws IOException;
  }

  /** Makes room again, as a store that is opened anew. */
  void free() {
    room = Integer.MAX_VALUE;
    broken = false;
  }

  /** Changes a byte of a record's text. */
  void damage(RecordId id) {
    StoredRecord record = records.get(id);
    byte[] head = record.head().clone();
    byte[] body = record.body().clone();
    if (head.length > 0) {
      head[0] ^= 1;
    } else if (body.length > 0) {
      body[0] ^= 1;
    }
    StoredRecord damaged =
        new StoredRecord(
            id, record.length(), record.blobs(), record.summary(), record.plan(), head, body);
    records.put(id, damaged);
    record.blobs().forEach(blob -> blobs.get(blob)[0] ^= 1);
  }

  /** The disk is full, or the store was broken by that. */
  static IOException full() {
    return new IOException("no space left on device");
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
      public PutResult putBlob(BlobId id, long length, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        synchronized (StoringBlobs.this) {
          return blobs.putIfAbsent(id, bytes.toByteArray()) == null
              ? PutResult.STORED
              : PutResult.SHARED;
        }
      }

      @Override
      public PutResult putRecord(StoredRecord record) throws IOException {
        synchronized (StoringBlobs.this) {
          broken |= room-- <= 0;
          check();
          return records.putIfAbsent(record.id(), record) == null
              ? PutResult.STORED
              : PutResult.SHARED;
        }
      }

      @Override
      public void append(byte[] entry) throws IOException {
        synchronized (StoringBlobs.this) {
          check();
          log.append(entry);
        }
      }

      @Override
      public void close() {}
    };
  }

  private void check() throws IOException {
    if (broken) {
      throw full();
    }
  }

  @Override
  public StoreReader reader() {
    return new StoreReader() {
      @Override
      public byte[] logEntry(LogPlace at) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<StoredRecord> record(RecordPlace at) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<StoredRecord> record(RecordId id) throws IOException {
        synchronized (StoringBlobs.this) {
          recordsRead++;
          return Optional.ofNullable(records.get(id));
        }
      }

      @Override
      public int groupLength(LogPlace at) {
        throw new UnsupportedOperationException();
      }

      @Override
      public PackedGroup group(LogPlace at) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void copyBlob(BlobId id, long length, OutputStream sink) throws IOException {
        byte[] bytes;
        synchronized (StoringBlobs.this) {
          bytes = blobs.get(id);
        }
        if (bytes == null || bytes.length != length) {
          throw new CorruptStoreException("memory", 0, length + " bytes", "none");
        }
        sink.write(bytes);
      }

      @Override
      public void copyPacked(BlobId id, long length, PieceSink sink) {
        throw new UnsupportedOperationException();
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
  public synchronized void commit() throws IOException {
    check();
    if (failCommits) {
      throw full();
    }
    beforeCommit.run();
    commits++;
  }

  @Override
  public synchronized long uncommittedBytes() {
    return 0;
  }

  @Override
  public synchronized boolean hasRecord(RecordId id) {
    return records.containsKey(id);
  }

  @Override
  public RowReader rows() {
    return new RowReader() {
      @Override
      public byte[] get(byte[] key) throws IOException {
        synchronized (StoringBlobs.this) {
          return log.rows.get(key);
        }
      }

      @Override
      public void scan(byte[] from, byte[] to, Visitor visitor) throws IOException {
        MemoryBlobs.Rows copy = new MemoryBlobs.Rows((first, end) -> {});
        synchronized (StoringBlobs.this) {
          copy.map.putAll(log.rows.map);
        }
        copy.scan(from, to, visitor);
      }
    };
  }

  @Override
  public ScratchRows scratchRows() {
    return new MemoryScratch();
  }

  @Override
  public void scanLog(byte[] from, byte[] to, RowReader.Visitor visitor) throws IOException {
    log.scanLog(from, to, visitor);
  }

  @Override
  public void scanLogPlaces(byte[] from, byte[] to, LogPlaceVisitor visitor) throws IOException {
    log.scanLogPlaces(from, to, visitor);
  }

  @Override
  public void scanRecords(RecordVisitor visitor) throws IOException {
    log.scanRecords(visitor);
  }

  @Override
  public void scanHeldInOrder(RecordOrder visitor) throws IOException {
    log.scanHeldInOrder(visitor);
  }

  @Override
  public void scanBlobs(BlobVisitor visitor) {
    log.scanBlobs(visitor);
  }

  @Override
  public StoreSizes sizes() {
    return new StoreSizes(records.size() * 100L, 0);
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
    return log.storeId();
  }

  @Override
  public void close() {}
}
