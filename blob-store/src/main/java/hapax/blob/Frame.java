package hapax.blob;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header of one frame, big endian; frames begin at multiples of 8 in their pack:
 *
 * <pre>
 *  0  4  magic "HxFr"
 *  4  1  kind
 *  5  1  flags: bit 0, the payload is one zstd frame
 *  6  2  length of the extra header, x, a multiple of 8
 *  8  4  length of the payload as stored, p
 * 12  4  length of the payload when decoded
 * 16  4  CRC32C of the payload as stored
 * 20  4  CRC32C of the frame's {@link FramePlace place}, bytes 0 to 19, and the extra header
 * 24  x  extra header: {@link BulkPiece}, {@link CommitMark}, {@link SyncedMark}
 * 24+x p payload, then zeros up to a multiple of 8
 * </pre>
 *
 * <p>A frame is one only where it was written: {@link PackWriter} puts the checksum in when it
 * knows the place. So bytes left over from another file, or a pack that came inside a message, are
 * never taken for frames of this one; a frame that is copied gets a new checksum by being appended.
 */
record Frame(
    Kind kind,
    boolean compressed,
    int storedLength,
    int rawLength,
    int payloadCrc,
    ByteBuffer extra) {
  static final int FIXED = 24;
  static final int ALIGN = 8;
  static final int MAGIC = 0x48784672;

  /** Longest payload: no frame holds more than a record with its literals, or a piece of a blob. */
  static final int MAX_PAYLOAD = 256 << 20;

  /** Longest extra header. */
  static final int MAX_EXTRA = 256;

  private static final int CRC_AT = 20;
  private static final int FLAG_ZSTD = 1;

  /** Kinds from here on may be passed over by a program that does not know them. */
  private static final int FIRST_OPTIONAL = 128;

  /** What a frame holds. */
  enum Kind {
    /** A piece of one large blob. */
    BULK(1, BulkPiece.BYTES),
    /** Records, small blobs and log entries, in order of arrival. */
    GROUP(2, 0),
    /** The end of units of work. */
    COMMIT(3, CommitMark.BYTES),
    /** The directory of a sealed pack. */
    FOOTER(4, 0),
    /** Says that a commit is on disk. */
    SYNCED(5, SyncedMark.BYTES),
    /** The last frame of a sealed pack. */
    END(6, PackFooter.END_BYTES),
    /** Any of the kinds that may be passed over. */
    OPTIONAL(FIRST_OPTIONAL, 0);

    final int code;

    /** Length of the extra header, at the least. */
    final int extraLength;

    Kind(int code, int extraLength) {
      this.code = code;
      this.extraLength = extraLength;
    }

    static @Nullable Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == Math.min(code, FIRST_OPTIONAL)) {
          return kind;
        }
      }
      return null;
    }
  }

  int headerLength() {
    return FIXED + extra.remaining();
  }

  /** Bytes that the frame takes in its pack, padding included. */
  long length() {
    return aligned(headerLength() + (long) storedLength);
  }

  static long aligned(long position) {
    return (position + ALIGN - 1) & -ALIGN;
  }

  /** Writes the header, its checksum left open until the frame has its place. */
  void write(ByteBuffer to) {
    to.putInt(MAGIC).put((byte) kind.code).put((byte) (compressed ? FLAG_ZSTD : 0));
    to.putShort((short) extra.remaining());
    to.putInt(storedLength).putInt(rawLength).putInt(payloadCrc).putInt(0).put(extra.duplicate());
  }

  /** A whole frame with a payload that is stored as it is. */
  static ByteBuffer of(Kind kind, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    Frame frame =
        new Frame(
            kind,
            false,
            payload.length,
            payload.length,
            (int) crc.getValue(),
            ByteBuffer.allocate(0));
    ByteBuffer bytes = ByteBuffer.allocate((int) frame.length());
    frame.write(bytes);
    return bytes.put(payload).clear();
  }

  /** A whole frame without payload. */
  static ByteBuffer bare(Kind kind, ByteBuffer extra) {
    ByteBuffer frame = ByteBuffer.allocate(FIXED + extra.remaining());
    new Frame(kind, false, 0, 0, 0, extra).write(frame);
    return frame.flip();
  }

  /** Gives the frame in {@code frame}, which is about to be written at a place, its checksum. */
  static void seal(ByteBuffer frame, FramePlace place) {
    int extraLength = frame.getShort(frame.position() + 6) & 0xFFFF;
    ByteBuffer header = frame.slice(frame.position(), FIXED + extraLength);
    frame.putInt(frame.position() + CRC_AT, crc(header, place));
  }

  private static int crc(ByteBuffer header, FramePlace place) {
    CRC32C crc = new CRC32C();
    crc.update(place.bytes());
    crc.update(header.slice(0, CRC_AT));
    crc.update(header.slice(FIXED, header.limit() - FIXED));
    return (int) crc.getValue();
  }

  /**
   * Reads the header of the frame at a place.
   *
   * @throws CorruptStoreException if there is none, or it is of another kind
   */
  static Frame read(PackFiles.Pack pack, Place at, Kind kind) throws IOException {
    Frame frame;
    try {
      frame = read(pack, at.offset(), Long.MAX_VALUE);
    } catch (EOFException cut) {
      throw new CorruptStoreException(pack.name(), at.offset(), "a frame", "the end of the file");
    }
    if (frame.kind() != kind) {
      throw new CorruptStoreException(pack.name(), at.offset(), kind + " frame", frame.kind() + "");
    }
    return frame;
  }

  /**
   * Reads a header.
   *
   * @param end where the file ends, or beyond
   * @throws CorruptStoreException if what stands there is no whole frame header
   * @throws StoreFormatException if it is the header of a frame that a newer program wrote
   */
  static Frame read(PackFiles.Pack pack, long offset, long end) throws IOException {
    if (end - offset < FIXED) {
      throw new CorruptStoreException(
          pack.name(), offset, "a frame", (end - offset) + " bytes to the end");
    }
    ByteBuffer header = ByteBuffer.allocate(FIXED + MAX_EXTRA).limit(FIXED);
    pack.file().readFully(offset, header);
    int extra = header.getShort(6) & 0xFFFF;
    if (extra > 0 && extra <= Math.min(MAX_EXTRA, end - offset - FIXED)) {
      header.limit(FIXED + extra);
      pack.file().readFully(offset + FIXED, header);
    }
    Frame frame = parse(header.flip(), pack.placeOf(offset), pack.name());
    if (frame.length() > end - offset) {
      throw new CorruptStoreException(
          pack.name(), offset, "a frame of " + frame.length() + " bytes", "the end at " + end);
    }
    return frame;
  }

  /** The frame whose header {@code header} is. */
  private static Frame parse(ByteBuffer header, FramePlace place, String name)
      throws CorruptStoreException, StoreFormatException {
    if (header.getInt(0) != MAGIC) {
      throw damaged(name, place, "the magic HxFr", header.getInt(0));
    }
    int extraLength = header.getShort(6) & 0xFFFF;
    if (header.limit() != FIXED + extraLength) {
      throw damaged(name, place, "an extra header of at most " + MAX_EXTRA, extraLength);
    }
    int crc = crc(header, place);
    if (header.getInt(CRC_AT) != crc) {
      throw damaged(
          name, place, "header checksum " + Integer.toHexString(crc), header.getInt(CRC_AT));
    }
    Kind kind = Kind.of(header.get(4) & 0xFF);
    if (kind == null || extraLength < kind.extraLength) {
      throw new StoreFormatException(
          name
              + " at offset "
              + place.offset()
              + " has a frame of a newer format, kind "
              + header.get(4));
    }
    return new Frame(
        kind,
        (header.get(5) & FLAG_ZSTD) != 0,
        length(header, 8, name, place),
        length(header, 12, name, place),
        header.getInt(16),
        header.slice(FIXED, extraLength));
  }

  private static int length(ByteBuffer header, int at, String name, FramePlace place)
      throws CorruptStoreException {
    int length = header.getInt(at);
    if (length < 0 || length > MAX_PAYLOAD) {
      throw damaged(name, place, "a payload of at most " + MAX_PAYLOAD + " bytes", length);
    }
    return length;
  }

  private static CorruptStoreException damaged(
      String name, FramePlace place, String expected, int found) {
    return new CorruptStoreException(
        name, place.offset(), expected, Integer.toHexString(found) + " (hexadecimal)");
  }
}
