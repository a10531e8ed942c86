package hapax.blob;

import java.io.Closeable;
import java.io.IOException;

/**
 * One unit of work on its way into the store: the blobs of a record, the record, the log entries
 * that speak of it, in this order. A commit falls between units, never inside one, so whatever is
 * durable is whole. Opened with {@link BlobStore#intake()} by one thread and closed by the same:
 *
 * <pre>{@code
 * try (Intake intake = store.intake()) {
 *   intake.putBlob(id, length, content);
 *   intake.putRecord(record);
 *   intake.append(entry);
 * }
 * store.commit(); // now it is durable
 * }</pre>
 */
public interface Intake extends Closeable {
  /**
   * Keeps content under its id unless the store has it. New content is compressed, and what was
   * encoded is decoded again and compared before its frame is written; content that the store has
   * is read from the store and compared, once in a run, and written anew if that copy is damaged.
   *
   * @throws IOException if the content can not be read or the store can not be written; after a
   *     failed write the store refuses all further work
   */
  PutResult putBlob(BlobId id, long length, Content content) throws IOException;

  /**
   * Keeps a record whose blobs are all in the store; {@link PutResult#SHARED} if it was there
   * already.
   */
  PutResult putRecord(StoredRecord record) throws IOException;

  /**
   * Appends an entry to the log and folds it into the catalog at once ({@link LogFold}); readers in
   * this process see the rows from now on.
   */
  void append(byte[] entry) throws IOException;

  /**
   * Ends the unit. Nothing is durable before the next {@link BlobStore#commit()}.
   *
   * @throws IOException if the store can not be written
   */
  @Override
  void close() throws IOException;
}
