package hapax.blob;

import java.io.IOException;

/** A unit of work: keeps commits away until it is closed. */
final class UnitIntake implements Intake {
  private final Commits commits;
  private final BlobKeeper blobs;
  private final RecordKeeper records;
  private boolean closed;

  UnitIntake(Commits commits, BlobKeeper blobs, RecordKeeper records) {
    this.commits = commits;
    this.blobs = blobs;
    this.records = records;
    commits.beginUnit();
  }

  @Override
  public PutResult putBlob(BlobId id, long length, Content content) throws IOException {
    return blobs.put(id, length, content);
  }

  @Override
  public PutResult putRecord(StoredRecord record) throws IOException {
    return records.put(record);
  }

  @Override
  public void append(byte[] entry) throws IOException {
    records.append(entry);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      commits.endUnit();
    }
  }
}
