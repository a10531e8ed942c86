package hapax.blob;

import java.io.IOException;

/** A unit of work: keeps commits away until it is closed. */
final class UnitIntake implements Intake {
  private final PackStore store;
  private boolean closed;

  UnitIntake(PackStore store) {
    this.store = store;
  }

  @Override
  public PutResult putBlob(BlobId id, long length, Content content) throws IOException {
    return store.putBlob(id, length, content);
  }

  @Override
  public PutResult putRecord(StoredRecord record) throws IOException {
    return store.putRecord(record);
  }

  @Override
  public void append(byte[] entry) throws IOException {
    store.appendLog(entry);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      store.endUnit();
    }
  }
}
