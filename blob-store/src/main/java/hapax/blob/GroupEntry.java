package hapax.blob;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of a group's directory, with the places of its bytes in the decoded group. */
sealed interface GroupEntry {
  /** The name that the entry gives to its bytes; null for a log entry, which has none. */
  @Nullable Id32 name();

  /** A stretch of the decoded group. */
  record Span(int offset, int length) {}

  /** A record: its three runs of bytes stand in three columns. */
  record RecordEntry(
      RecordId id, long length, Span summary, List<BlobId> blobs, Span plan, Span head, Span body)
      implements GroupEntry {
    @Override
    public Id32 name() {
      return id;
    }
  }

  /** A small blob. */
  record BlobEntry(BlobId id, Span content) implements GroupEntry {
    @Override
    public Id32 name() {
      return id;
    }
  }

  /** An entry of the log. */
  record LogEntry(Span entry) implements GroupEntry {
    @Override
    public @Nullable Id32 name() {
      return null;
    }
  }
}
