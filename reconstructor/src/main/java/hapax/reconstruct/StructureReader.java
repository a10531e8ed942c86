package hapax.reconstruct;

import hapax.blob.RecordId;
import hapax.blob.StoreReader;
import hapax.blob.StoredRecord;
import hapax.mime.ByteSource;
import hapax.mime.MessageSplitter;
import hapax.mime.Part;
import hapax.mime.Recipe;
import hapax.mime.SplitLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    return Optional.of(
        new MessageStructure(message, record.length(), stretches(record, parts(record))));
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

  /** The parts of a stored message, by where they begin. */
  private Map<Long, Part> parts(StoredRecord record) throws IOException {
    if (record.length() <= InputLoader.IN_MEMORY) {
      Arena rebuilt = new Arena();
      messages.copyTo(record.id(), rebuilt);
      return parts(ByteSource.of(rebuilt.array(), rebuilt.size()));
    }
    Path spooled = Files.createTempFile("hapax-", ".spool");
    try {
      try (OutputStream out = Files.newOutputStream(spooled)) {
        messages.copyTo(record.id(), out);
      }
      try (FileSource source = new FileSource(spooled, 0, -1)) {
        return parts(source);
      }
    } finally {
      Files.deleteIfExists(spooled);
    }
  }

  private Map<Long, Part> parts(ByteSource message) throws IOException {
    Map<Long, Part> parts = new HashMap<>();
    for (Part part : splitter.split(message).parts()) {
      parts.put(part.start(), part);
    }
    return parts;
  }
}
