package hapax.reconstruct.signature;

import hapax.blob.BlobId;
import hapax.blob.LogPlace;
import hapax.blob.PackedGroup;
import hapax.blob.RecordId;
import hapax.blob.RecordPlace;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Reads records as another reader does; every blob is damaged. */
record WithoutBlobs(StoreReader reader) implements StoreReader {
  @Override
  public Optional<StoredRecord> record(RecordId id) throws IOException {
    return reader.record(id);
  }

  @Override
  public Optional<StoredRecord> record(RecordPlace at) throws IOException {
    return reader.record(at);
  }

  @Override
  public byte[] logEntry(LogPlace at) throws IOException {
    return reader.logEntry(at);
  }

  @Override
  public int groupLength(LogPlace at) throws IOException {
    return reader.groupLength(at);
  }

  @Override
  public PackedGroup group(LogPlace at) throws IOException {
    return reader.group(at);
  }

  @Override
  public void copyBlob(BlobId id, long length, OutputStream sink) throws IOException {
    throw new IOException("blob " + id + " is damaged");
  }

  @Override
  public void copyPacked(BlobId id, long length, PieceSink sink) throws IOException {
    throw new IOException("blob " + id + " is damaged");
  }

  @Override
  public void close() {
    reader.close();
  }
}
