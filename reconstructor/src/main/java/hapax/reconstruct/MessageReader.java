package hapax.reconstruct;

import hapax.blob.BlobSource;
import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.mime.Recipe;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Gives messages back, each checked: the frames that it is made of as they are read, its length and
 * digest at the end. One for each thread.
 */
public final class MessageReader {
  private final StoreReader reader;
  private final BlobSource blobs;
  private final Rebuilder rebuilder = new Rebuilder();
  private final MessageDigest digest = Digests.sha256();

  /** Reads through {@code reader}, which stays the caller's to close. */
  public MessageReader(StoreReader reader) {
    this(reader, reader);
  }

  /** Reads records through {@code reader}, and blobs from a source that may know more of them. */
  public MessageReader(StoreReader reader, BlobSource blobs) {
    this.reader = reader;
    this.blobs = blobs;
  }

  /**
   * Writes the message's bytes to {@code out}; false if the store has no such message.
   *
   * @throws IOException if the stored bytes are damaged. Some of the message may have been written
   *     by then; a caller that promises more keeps it apart until this returns
   */
  public boolean copyTo(RecordId message, OutputStream out) throws IOException {
    Optional<StoredRecord> found = reader.record(message);
    if (found.isEmpty()) {
      return false;
    }
    copyTo(found.get(), out);
    return true;
  }

  /**
   * Writes the message of a record that the store need not have, from blobs that it has: proves the
   * record before it is kept.
   *
   * @throws IOException if the record and the stored blobs do not make the message of its id
   */
  public void copyTo(StoredRecord record, OutputStream out) throws IOException {
    CheckedSink checked = new CheckedSink(out, digest);
    rebuild(recipeOf(record), record, checked);
    checked.finish(record);
  }

  /**
   * Writes what is left of a record's message without its base64 attachments, which are not read:
   * lines in the bodies of parts, each stretch behind an empty line and before a line end, of which
   * none begins with a dash.
   *
   * @return where they are missing, as offsets in what is written, ascending
   * @throws IOException if the stored bytes that are read are damaged; there is no digest to
   *     compare with
   */
  public List<Long> copyOutline(StoredRecord record, OutputStream out) throws IOException {
    Outline outline = Outline.of(record);
    rebuild(outline.recipe(), record, out);
    return outline.gaps();
  }

  private void rebuild(Recipe recipe, StoredRecord record, OutputStream out) throws IOException {
    Rebuilder.Blobs content =
        (blob, length, sink) -> blobs.copyBlob(record.blobs().get(blob), length, sink);
    rebuilder.rebuild(recipe, record.head(), record.body(), content, out);
  }

  /** The record's recipe, checked against its list of blobs. */
  static Recipe recipeOf(StoredRecord record) throws IOException {
    try {
      Recipe recipe = Recipe.decode(record.plan());
      for (Recipe.Segment segment : recipe.segments()) {
        if (segment instanceof Recipe.Segment.Blob blob && blob.blob() >= record.blobs().size()) {
          throw new IllegalArgumentException(
              "expected one of " + record.blobs().size() + " blobs, found number " + blob.blob());
        }
      }
      return recipe;
    } catch (IllegalArgumentException damaged) {
      throw new IOException("message " + record.id() + ": " + damaged.getMessage(), damaged);
    }
  }

  /** Passes bytes on, counting and digesting them. */
  private static final class CheckedSink extends FilterOutputStream {
    private final MessageDigest digest;
    private long length;

    CheckedSink(OutputStream out, MessageDigest digest) {
      super(out);
      this.digest = digest;
      digest.reset();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      digest.update(bytes, offset, count);
      length += count;
      out.write(bytes, offset, count);
    }

    void finish(StoredRecord record) throws IOException {
      RecordId found = RecordId.of(digest.digest());
      if (length != record.length() || !found.equals(record.id())) {
        throw new IOException(
            "message "
                + record.id()
                + ": expected "
                + record.length()
                + " bytes of this digest, found "
                + length
                + " bytes of digest "
                + found);
      }
    }
  }
}
