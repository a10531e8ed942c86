package hapax.sync.session;

import hapax.blob.CorruptStoreException;
import hapax.blob.ParcelCodec;
import hapax.sync.FieldReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FrameWriter} wrote; reserves no more than what came bears out. */
final class FrameReader {
  /** Longest payload: a record with all its literal bytes, as in a pack, and what frames it. */
  static final int MAX_PAYLOAD = (256 << 20) + 1024;

  private static final int FIRST_READ = ParcelCodec.PIECE + (1 << 10);
  private static final int VARINT_MOST = 5;

  /** As many as a blob has that is held in memory. */
  private static final int MOST_ROOMS = 8;

  private final InputStream in;
  private final String name;
  private final CRC32C crc = new CRC32C();

  /** Arrays of pieces of which nobody has need any more, for all sessions of the process. */
  private static final Queue<byte[]> SPARE = new ArrayBlockingQueue<>(MOST_ROOMS);

  /** Those of the pieces that were read since {@link #reusePieces}. */
  private final List<byte[]> rooms = new ArrayList<>();

  private long position;

  /** Reads from {@code in}, called {@code name} in errors. */
  FrameReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  /** The next frame, or null where the stream ends between two. */
  @Nullable Frame next() throws IOException {
    long offset = position;
    crc.reset();
    int code = in.read();
    if (code < 0) {
      return null;
    }
    position++;
    crc.update(code);
    FrameKind kind = FrameKind.of(code);
    if (kind == null) {
      throw new CorruptStoreException(name, offset, "a kind of frame", code + "");
    }
    int turn = varint(Integer.MAX_VALUE, "a turn");
    int length = varint(MAX_PAYLOAD, "a length of at most " + MAX_PAYLOAD);
    byte[] payload = kind == FrameKind.PIECE && length <= FIRST_READ ? piece(length) : read(length);
    crc.update(payload, 0, length);
    long expected = crc.getValue();
    long found = new FieldReader(name, read(Integer.BYTES)).fixed32("checksum");
    if (found != expected) {
      throw new CorruptStoreException(
          name, offset, "checksum " + Long.toHexString(expected), Long.toHexString(found));
    }
    String what = name + ", frame " + kind + " at " + offset;
    return new Frame(kind, turn, offset, new FieldReader(what, payload, length));
  }

  /** Expects the end of the stream. */
  void end() throws IOException {
    if (in.read() >= 0) {
      throw new CorruptStoreException(name, position, "the end", "more bytes");
    }
  }

  private int varint(int most, String what) throws IOException {
    long value = 0;
    for (int i = 0; i < VARINT_MOST; i++) {
      int next = read(1)[0];
      crc.update(next);
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        if (value > most) {
          break;
        }
        return (int) value;
      }
    }
    throw new CorruptStoreException(name, position, what, Long.toString(value));
  }

  private byte[] piece(int length) throws IOException {
    if (rooms.size() == MOST_ROOMS) {
      return read(length);
    }
    byte[] spare = SPARE.poll();
    byte[] room = spare == null ? new byte[FIRST_READ] : spare;
    rooms.add(room);
    return read(length, room);
  }

  /** Nobody has need any more of the pieces that were read: their arrays are used again. */
  void reusePieces() {
    rooms.forEach(SPARE::offer);
    rooms.clear();
  }

  private byte[] read(int length) throws IOException {
    return read(length, new byte[Math.min(length, FIRST_READ)]);
  }

  /** Reads so many bytes; the array grows as they come. */
  private byte[] read(int length, byte[] first) throws IOException {
    byte[] bytes = first;
    int done = 0;
    while (done < length) {
      if (done == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
      }
      int n = in.read(bytes, done, Math.min(bytes.length, length) - done);
      if (n < 0) {
        throw new EOFException(name + " was cut at offset " + (position + done));
      }
      done += n;
    }
    position += length;
    return bytes;
  }
}
