package hapax.reconstruct;

import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.mime.ByteSource;
import hapax.mime.MessageSplitter;
import hapax.mime.Part;
import hapax.mime.Recipe;
import hapax.mime.SplitLimits;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells how messages are kept: the recipe's stretches with the names that the message itself gives
 * them.
 */
public final class StructureReader {
  private final StoreReader reader;
  private final MessageReader messages;
  private final MessageSplitter splitter = new MessageSplitter(SplitLimits.DEFAULT);

  /** Reads through {@code reader}, which stays the caller's to close. */
  public StructureReader(StoreReader reader) {
    this.reader = reader;
    this.messages = new MessageReader(reader);
  }

  /**
   * The structure of a message; empty if the store does not have it.
   *
   * @throws IOException if the stored bytes are damaged
   */
  public Optional<MessageStructure> describe(RecordId message) throws IOException {
    Optional<StoredRecord> found = reader.record(message);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StoredRecord record = found.get();
    Map<Long, Part> parts = new HashMap<>();
    for (Part part : splitter.split(new RebuiltSource(record)).parts()) {
      parts.put(part.start(), part);
    }
    return Optional.of(new MessageStructure(message, record.length(), stretches(record, parts)));
  }

  private static List<MessageStructure.Stretch> stretches(
      StoredRecord record, Map<Long, Part> parts) throws IOException {
    List<MessageStructure.Stretch> stretches = new ArrayList<>();
    long at = 0;
    for (Recipe.Segment segment : MessageReader.recipeOf(record).segments()) {
      MessageStructure.Stretch stretch = stretch(at, segment, record, parts.get(at));
      stretches.add(stretch);
      at += stretch.length();
    }
    return stretches;
  }

  private static MessageStructure.Stretch stretch(
      long at, Recipe.Segment segment, StoredRecord record, @Nullable Part part) {
    if (segment instanceof Recipe.Segment.Literal literal) {
      return new MessageStructure.Stretch.Literal(at, literal.length());
    }
    Recipe.Segment.Blob blob = (Recipe.Segment.Blob) segment;
    return new MessageStructure.Stretch.Blob(
        at,
        blob.shape().textLength(blob.contentLength()),
        record.blobs().get(blob.blob()),
        blob.contentLength(),
        blob.shape(),
        part == null ? "application/octet-stream" : part.mediaType(),
        part == null ? Optional.empty() : part.fileName());
  }

  /** A stored message as a source: each reading rebuilds it, so nothing of it is held. */
  private final class RebuiltSource implements ByteSource {
    private final StoredRecord record;

    RebuiltSource(StoredRecord record) {
      this.record = record;
    }

    @Override
    public long length() {
      return record.length();
    }

    @Override
    public void copyTo(long from, long to, OutputStream sink) throws IOException {
      messages.copyTo(record.id(), new Window(from, to, sink));
    }
  }

  /** Lets through the bytes {@code [from, to)} of what is written. */
  private static final class Window extends FilterOutputStream {
    private final long from;
    private final long to;
    private long position;

    Window(long from, long to, OutputStream sink) {
      super(sink);
      this.from = from;
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      long first = Math.max(from, position);
      long last = Math.min(to, position + count);
      if (first < last) {
        out.write(bytes, offset + (int) (first - position), (int) (last - first));
      }
      position += count;
    }
  }
}
