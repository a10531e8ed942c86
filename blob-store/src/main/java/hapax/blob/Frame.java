package hapax.blob;

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
 *  6  2  length of the extra header, x
 *  8  4  length of the payload as stored, p
 * 12  4  length of the payload when decoded
 * 16  4  CRC32C of the payload as stored
 * 20  x  extra header: for a bulk frame, see {@link BulkPiece}
 * 20+x 4 CRC32C of the header up to here
 * 24+x p payload, then zeros up to a multiple of 8
 * </pre>
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

  private static final int MAX_EXTRA = 256;
  private static final int FLAG_ZSTD = 1;

  /** What a frame holds. */
  enum Kind {
    /** A piece of one large blob. */
    BULK(1),
    /** Records, small blobs and log entries, in order of arrival. */
    GROUP(2),
    /** The end of units of work: everything before it counts. */
    COMMIT(3),
    /** The directory of a sealed pack. */
    FOOTER(4);

    final int code;

    Kind(int code) {
      this.code = code;
    }

    static @Nullable Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
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

  void write(ByteBuffer to) {
    int start = to.position();
    to.putInt(MAGIC).put((byte) kind.code).put((byte) (compressed ? FLAG_ZSTD : 0));
    to.putShort((short) extra.remaining());
    to.putInt(storedLength).putInt(rawLength).putInt(payloadCrc).put(extra.duplicate());
    CRC32C crc = new CRC32C();
    crc.update(to.duplicate().flip().position(start));
    to.putInt((int) crc.getValue());
  }

  /**
   * Reads a header.
   *
   * @throws CorruptStoreException if what stands there is no whole frame header
   */
  static Frame read(DiskFile file, String name, long offset, long end) throws IOException {
    if (end - offset < FIXED) {
      throw new CorruptStoreException(
          name, offset, "a frame", (end - offset) + " bytes to the end");
    }
    ByteBuffer fixed = ByteBuffer.allocate(FIXED + MAX_EXTRA);
    fixed.limit(FIXED);
    file.readFully(offset, fixed);
    int extra = fixed.getShort(6) & 0xFFFF;
    if (extra > 0 && extra <= Math.min(MAX_EXTRA, end - offset - FIXED)) {
      fixed.limit(FIXED + extra);
      file.readFully(offset + FIXED, fixed);
    }
    fixed.flip();
    Frame frame = parse(fixed);
    if (frame == null) {
      throw new CorruptStoreException(
          name, offset, "a frame header", Integer.toHexString(fixed.getInt(0)));
    }
    if (frame.headerLength() + (long) frame.storedLength > end - offset) {
      throw new CorruptStoreException(
          name, offset, "a payload that ends in the file", frame.storedLength + " bytes");
    }
    return frame;
  }

  /** The frame whose header stands at the beginning of {@code fixed}; null if none does. */
  static @Nullable Frame parse(ByteBuffer fixed) {
    if (fixed.remaining() < FIXED) {
      return null;
    }
    int start = fixed.position();
    int magic = fixed.getInt();
    Kind kind = Kind.of(fixed.get());
    int flags = fixed.get();
    int extraLength = fixed.getShort() & 0xFFFF;
    int stored = fixed.getInt();
    int raw = fixed.getInt();
    int crc = fixed.getInt();
    if (magic != MAGIC || kind == null || extraLength > fixed.remaining() - 4) {
      return null;
    }
    ByteBuffer extra = ByteBuffer.allocate(extraLength);
    fixed.get(extra.array());
    CRC32C check = new CRC32C();
    check.update(fixed.duplicate().flip().position(start));
    if (fixed.getInt() != (int) check.getValue() || stored < 0 || raw < 0 || raw > MAX_PAYLOAD) {
      return null;
    }
    return new Frame(kind, (flags & FLAG_ZSTD) != 0, stored, raw, crc, extra);
  }
}
