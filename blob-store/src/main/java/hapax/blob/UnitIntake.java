package hapax.blob;

import java.io.IOException;

/** A unit of work: keeps commits away until it is closed. */
final class UnitIntake implements Intake {
  private final Commits commits;
  private final BlobKeeper blobs;
  private final RecordKeeper records;
  private final GroupTarget group;
  private final StoreOptions options;
  private long rowBytes;
  private boolean closed;

  UnitIntake(
      Commits commits,
      BlobKeeper blobs,
      RecordKeeper records,
      GroupTarget group,
      StoreOptions options) {
    this.commits = commits;
    this.blobs = blobs;
    this.records = records;
    this.group = group;
    this.options = options;
    commits.beginUnit();
  }

  @Override
  public PutResult putBlob(BlobId id, long length, Content content) throws IOException {
    return blobs.put(id, length, content, group);
  }

  @Override
  public PutResult putRecord(StoredRecord record) throws IOException {
    return records.put(record, group);
  }

  @Override
  public void append(byte[] entry) throws IOException {
    long before = commits.rowBytes();
    records.append(entry, group);
    // With those that others made meanwhile, and without any if they went to the catalog.
    rowBytes += Math.max(0, commits.rowBytes() - before);
    if (rowBytes >= options.largeUnit()) {
      commits.relieve(options.rowBytes());
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        group.end();
      } finally {
        commits.endUnit();
      }
    }
  }
}
