package hapax.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads records and blobs, checking every frame that it touches; holds a few decoded groups. One
 * for each thread.
 */
public interface StoreReader extends BlobSource, Closeable {
  /**
   * The record under {@code id}; empty if the store has none.
   *
   * @throws CorruptStoreException if its bytes are damaged
   */
  Optional<StoredRecord> record(RecordId id) throws IOException;

  /**
   * The record at a place, also if a sweep has moved it since; empty if a sweep took it away.
   *
   * @throws CorruptStoreException if its bytes are damaged
   */
  Optional<StoredRecord> record(RecordPlace at) throws IOException;

  /**
   * The log entry at a place, also if a sweep has moved it since.
   *
   * @throws CorruptStoreException if its bytes are damaged, or it was taken out of the log
   */
  byte[] logEntry(LogPlace at) throws IOException;

  /**
   * Length of the group in which a log entry lies, when unpacked.
   *
   * @throws CorruptStoreException if it is damaged or was moved
   */
  int groupLength(LogPlace at) throws IOException;

  /**
   * The whole group in which a log entry lies, as it is packed.
   *
   * @throws CorruptStoreException if it is damaged or was moved
   */
  PackedGroup group(LogPlace at) throws IOException;

  /**
   * Writes a blob's content to {@code sink}, in chunks of at most 1 MiB, each checked against its
   * frame's checksum before it is handed on.
   *
   * @throws CorruptStoreException if the blob is damaged, not there, or not {@code length} bytes
   *     long
   */
  @Override
  void copyBlob(BlobId id, long length, OutputStream sink) throws IOException;

  /**
   * Hands out a blob's content in pieces as {@link ParcelCodec#unpackPiece} reads them; those of
   * large blobs as they lie in the packs, checked but not decoded.
   *
   * @throws CorruptStoreException as {@link #copyBlob} does
   */
  void copyPacked(BlobId id, long length, PieceSink sink) throws IOException;

  /** Sees packed pieces. */
  @FunctionalInterface
  interface PieceSink {
    /** Takes a piece, which is good until this returns. */
    void piece(ByteBuffer packed) throws IOException;
  }

  @Override
  void close();
}
