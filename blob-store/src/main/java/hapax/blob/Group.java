package hapax.blob;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A decoded group: what {@link GroupBuilder} wrote. */
final class Group {
  private final byte[] bytes;
  private final List<GroupEntry> entries;

  private Group(byte[] bytes, List<GroupEntry> entries) {
    this.bytes = bytes;
    this.entries = entries;
  }

  /**
   * Reads a group; its bytes are copied.
   *
   * @throws CorruptStoreException naming {@code name} and {@code offset} if it is none
   */
  static Group read(ByteBuffer payload, String name, long offset) throws CorruptStoreException {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return of(bytes, name, offset);
  }

  /** Reads a group; see {@link #read}. The bytes are not copied. */
  static Group of(byte[] bytes, String name, long offset) throws CorruptStoreException {
    try {
      return new Group(bytes, new Directory(bytes).read());
    } catch (IllegalArgumentException wrong) {
      throw new CorruptStoreException(name, offset, "a group's directory", wrong.getMessage() + "");
    }
  }

  List<GroupEntry> entries() {
    return entries;
  }

  int rawLength() {
    return bytes.length;
  }

  byte[] bytes(GroupEntry.Span span) {
    return Arrays.copyOfRange(bytes, span.offset(), span.offset() + span.length());
  }

  /** The bytes of a span, not copied. */
  ByteBuffer view(GroupEntry.Span span) {
    return ByteBuffer.wrap(bytes, span.offset(), span.length());
  }

  StoredRecord record(GroupEntry.RecordEntry entry) {
    return new StoredRecord(
        entry.id(),
        entry.length(),
        entry.blobs(),
        bytes(entry.summary()),
        bytes(entry.plan()),
        bytes(entry.head()),
        bytes(entry.body()));
  }

  /**
   * Reads the directory twice: first for the lengths of the columns, then for the places in them.
   */
  private static final class Directory {
    private static final int COLUMNS = 5;

    private final byte[] bytes;
    private final long[] next = new long[COLUMNS];

    Directory(byte[] bytes) {
      this.bytes = bytes;
    }

    List<GroupEntry> read() {
      int end = pass(new ArrayList<>());
      long at = end;
      for (int column = 0; column < COLUMNS; column++) {
        long length = next[column];
        next[column] = at;
        at += length;
      }
      if (at != bytes.length) {
        throw new IllegalArgumentException("expected " + at + " bytes, found " + bytes.length);
      }
      List<GroupEntry> entries = new ArrayList<>();
      pass(entries);
      return List.copyOf(entries);
    }

    private int pass(List<GroupEntry> entries) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int count = VarInts.getLength(in, bytes.length);
      for (int i = 0; i < count; i++) {
        entries.add(entry(in));
      }
      return in.position();
    }

    private GroupEntry entry(ByteBuffer in) {
      need(in, 1);
      int kind = in.get();
      return switch (kind) {
        case GroupBuilder.RECORD -> record(in);
        case GroupBuilder.BLOB -> new GroupEntry.BlobEntry(blobId(in), span(in, 3));
        case GroupBuilder.LOG -> new GroupEntry.LogEntry(span(in, 4));
        default -> throw new IllegalArgumentException("expected a kind of entry, found " + kind);
      };
    }

    private GroupEntry record(ByteBuffer in) {
      need(in, Id32.BYTES);
      RecordId id = RecordId.readFrom(in);
      long length = VarInts.get(in);
      int count = VarInts.getLength(in, in.remaining() / Id32.BYTES);
      List<BlobId> blobs = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        blobs.add(blobId(in));
      }
      int summary = VarInts.getLength(in, in.remaining());
      GroupEntry.Span inline = new GroupEntry.Span(in.position(), summary);
      in.position(in.position() + summary);
      return new GroupEntry.RecordEntry(
          id, length, inline, blobs, span(in, 0), span(in, 1), span(in, 2));
    }

    private static BlobId blobId(ByteBuffer in) {
      need(in, Id32.BYTES);
      return BlobId.readFrom(in);
    }

    private static void need(ByteBuffer in, int length) {
      if (in.remaining() < length) {
        throw new IllegalArgumentException(
            "expected " + length + " more bytes, found " + in.remaining());
      }
    }

    private GroupEntry.Span span(ByteBuffer in, int column) {
      int length = VarInts.getLength(in, bytes.length);
      GroupEntry.Span span = new GroupEntry.Span((int) next[column], length);
      next[column] += length;
      if (next[column] > bytes.length) {
        throw new IllegalArgumentException("expected columns of " + bytes.length + " bytes in all");
      }
      return span;
    }
  }
}
