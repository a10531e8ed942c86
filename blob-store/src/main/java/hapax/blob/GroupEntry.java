package hapax.blob;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of a group's directory, with the places of its bytes in the decoded group. */
sealed interface GroupEntry {
  /** The name that the entry gives to its bytes; null for a log entry, which has none. */
  @Nullable Id32 name();

  /** Bytes that it takes in the decoded group, to within the length of a few numbers. */
  long takes();

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

    @Override
    public long takes() {
      long ids = (1L + blobs.size()) * Id32.BYTES;
      return ids + summary.length() + plan.length() + head.length() + body.length();
    }
  }

  /** A small blob. */
  record BlobEntry(BlobId id, Span content) implements GroupEntry {
    @Override
    public Id32 name() {
      return id;
    }

    @Override
    public long takes() {
      return (long) Id32.BYTES + content.length();
    }
  }

  /** An entry of the log. */
  record LogEntry(Span entry) implements GroupEntry {
    @Override
    public @Nullable Id32 name() {
      return null;
    }

    @Override
    public long takes() {
      return entry.length();
    }
  }
}
