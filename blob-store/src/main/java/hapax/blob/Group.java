package hapax.blob;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decoded group: what {@link GroupBuilder} wrote. */
final class Group {
  private static final int ROOM_STEP = 64 << 10;

  private final byte[] bytes;
  private final int length;
  private final List<GroupEntry> entries;

  /** Where the small blobs are; made when one is first looked for. */
  private @Nullable Map<BlobId, GroupEntry.Span> blobs;

  private Group(byte[] bytes, int length, List<GroupEntry> entries) {
    this.bytes = bytes;
    this.length = length;
    this.entries = entries;
  }

  /**
   * Reads a group; its bytes are copied.
   *
   * @throws CorruptStoreException naming {@code name} and {@code offset} if it is none
   */
  static Group read(ByteBuffer payload, String name, long offset) throws CorruptStoreException {
    return read(payload, new byte[payload.remaining()], name, offset);
  }

  /**
   * The same with the bytes in {@code room}, or in a little more than they need if that is short.
   */
  static Group read(ByteBuffer payload, byte[] room, String name, long offset)
      throws CorruptStoreException {
    int length = payload.remaining();
    byte[] bytes = room.length < length ? new byte[roomFor(length)] : room;
    payload.get(bytes, 0, length);
    return of(bytes, length, name, offset);
  }

  /** Groups are nearly of one length, so that the next one finds room where this one was. */
  static int roomFor(int length) {
    return Math.addExact(length, ROOM_STEP - 1) & -ROOM_STEP;
  }

  /** Reads a group from the first {@code length} bytes; see {@link #read}. They are not copied. */
  static Group of(byte[] bytes, int length, String name, long offset) throws CorruptStoreException {
    try {
      return new Group(bytes, length, new Directory(bytes, length).read());
    } catch (IllegalArgumentException wrong) {
      throw new CorruptStoreException(name, offset, "a group's directory", wrong.getMessage() + "");
    }
  }

  List<GroupEntry> entries() {
    return entries;
  }

  /** The content of a small blob, not copied; null if it is not in this group. */
  @Nullable ByteBuffer blob(BlobId id) {
    if (blobs == null) {
      blobs = new HashMap<>(entries.size() * 2);
      for (GroupEntry entry : entries) {
        if (entry instanceof GroupEntry.BlobEntry blob) {
          blobs.put(blob.id(), blob.content());
        }
      }
    }
    GroupEntry.Span found = blobs.get(id);
    return found == null ? null : view(found);
  }

  int rawLength() {
    return length;
  }

  /** The array that holds the bytes; whoever puts others there ends this group. */
  byte[] room() {
    return bytes;
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
    private final int length;
    private final long[] next = new long[COLUMNS];

    Directory(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }

    List<GroupEntry> read() {
      ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
      int count = VarInts.getLength(in, length);
      int start = in.position();
      for (int i = 0; i < count; i++) {
        measure(in);
      }
      long at = in.position();
      for (int column = 0; column < COLUMNS; column++) {
        long columnLength = next[column];
        next[column] = at;
        at += columnLength;
      }
      if (at != length) {
        throw new IllegalArgumentException("expected " + at + " bytes, found " + length);
      }
      in.position(start);
      GroupEntry[] entries = new GroupEntry[count];
      for (int i = 0; i < count; i++) {
        entries[i] = entry(in);
      }
      return List.of(entries);
    }

    /** Passes over an entry; adds the lengths of its bytes to those of the columns. */
    private void measure(ByteBuffer in) {
      need(in, 1);
      int kind = in.get();
      switch (kind) {
        case GroupBuilder.RECORD -> {
          skip(in, Id32.BYTES);
          VarInts.get(in);
          skip(in, VarInts.getLength(in, in.remaining() / Id32.BYTES) * Id32.BYTES);
          skip(in, VarInts.getLength(in, in.remaining()));
          take(in, 0);
          take(in, 1);
          take(in, 2);
        }
        case GroupBuilder.BLOB -> {
          skip(in, Id32.BYTES);
          take(in, 3);
        }
        case GroupBuilder.LOG -> take(in, 4);
        default -> throw new IllegalArgumentException("expected a kind of entry, found " + kind);
      }
    }

    private static void skip(ByteBuffer in, int count) {
      need(in, count);
      in.position(in.position() + count);
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
      long ofWhat = VarInts.get(in);
      int count = VarInts.getLength(in, in.remaining() / Id32.BYTES);
      List<BlobId> blobs = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        blobs.add(blobId(in));
      }
      int summary = VarInts.getLength(in, in.remaining());
      GroupEntry.Span inline = new GroupEntry.Span(in.position(), summary);
      skip(in, summary);
      return new GroupEntry.RecordEntry(
          id, ofWhat, inline, blobs, span(in, 0), span(in, 1), span(in, 2));
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
      long from = next[column];
      return new GroupEntry.Span((int) from, take(in, column));
    }

    /** Reads how many bytes an entry has in a column, and passes over them there. */
    private int take(ByteBuffer in, int column) {
      int count = VarInts.getLength(in, length);
      next[column] += count;
      if (next[column] > length) {
        throw new IllegalArgumentException("expected columns of " + length + " bytes in all");
      }
      return count;
    }
  }
}
