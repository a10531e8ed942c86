package hapax.blob;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntFunction;

/**
 * Packs what leaves a store: records, small blobs and log entries as a group, laid out and
 * compressed as in a pack, and pieces of large blobs. Used by one thread at a time.
 *
 * <p>Packed bytes are one byte, 0 for as they are and 1 for one zstd frame, then the length of what
 * was packed as a {@link VarInts number}, then the payload.
 */
public final class ParcelCodec implements Closeable {
  /** From this length on a group compresses hardly better for being longer. */
  public static final int FULL = StoreOptions.DEFAULT.groupBytes();

  /** Content shorter than this goes into groups. */
  public static final int SMALL = StoreOptions.DEFAULT.smallBlob();

  /** Longest piece of a large blob. */
  public static final int PIECE = BulkPiece.MAX_RAW;

  private static final int WORTH = 32;
  private static final int AS_IS = 0;
  private static final int ZSTD = 1;

  /** Arrays of groups up to this length are used again, and so many of them. */
  private static final int LONGEST_ROOM = 4 << 20;

  private static final int MOST_ROOMS = 5;

  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

  /** Arrays of groups of which nobody has need any more. */
  private final BlockingQueue<byte[]> rooms = new ArrayBlockingQueue<>(MOST_ROOMS);

  /** Packs a group; one that lies packed in the store stays as it is. */
  public byte[] pack(Packable parcel) {
    if (parcel instanceof PackedGroup whole) {
      return whole.packed().array();
    }
    byte[] plain = ((Parcel.Builder) parcel).bytes();
    return pack(plain, 0, StoreOptions.DEFAULT.groupLevel());
  }

  /** Packs the first {@code length} bytes of a piece of content. */
  public byte[] packPiece(byte[] bytes, int length) {
    return pack(Arrays.copyOf(bytes, length), length, StoreOptions.DEFAULT.bulkLevel());
  }

  private byte[] pack(byte[] raw, int shrinks, int level) {
    compressor.setLevel(level);
    byte[] compressed = compressor.compress(raw);
    return compressed.length < raw.length - shrinks / WORTH
        ? packed(ByteBuffer.wrap(compressed), true, raw.length).array()
        : packed(ByteBuffer.wrap(raw), false, raw.length).array();
  }

  /** Packs a payload that is compressed already, or is to stay as it is. */
  static ByteBuffer packed(ByteBuffer payload, boolean compressed, int length) {
    byte[] head = head(compressed, length);
    return ByteBuffer.allocate(head.length + payload.remaining()).put(head).put(payload).flip();
  }

  /** What stands before a payload, of {@code length} bytes when unpacked. */
  static byte[] head(boolean compressed, int length) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(compressed ? ZSTD : AS_IS);
    VarInts.put(head, length);
    return head.toByteArray();
  }

  /**
   * Reads a group.
   *
   * @param mostBytes how long it may be when unpacked
   * @throws CorruptStoreException naming {@code name} if it is none
   */
  public Parcel unpack(ByteBuffer packed, int mostBytes, String name) throws CorruptStoreException {
    Piece piece = unpack(packed, mostBytes, name, this::room);
    ByteBuffer content = piece.content();
    byte[] array = content.array();
    int from = content.arrayOffset() + content.position();
    return new Parcel(
        piece.packed(),
        Group.of(
            from == 0 ? array : Arrays.copyOfRange(array, from, from + content.remaining()),
            content.remaining(),
            name,
            0));
  }

  private ByteBuffer room(int length) {
    byte[] room = length > LONGEST_ROOM ? null : rooms.poll();
    return ByteBuffer.wrap(
        room == null || room.length < length ? new byte[Group.roomFor(length)] : room);
  }

  /**
   * Nobody has need any more of what {@link #unpack} gave but of what was taken out of it: its room
   * is used again. For any thread.
   */
  public void giveBack(Parcel parcel) {
    byte[] room = parcel.group().room();
    if (room.length <= LONGEST_ROOM) {
      rooms.offer(room);
    }
  }

  /**
   * Reads a piece of content.
   *
   * @param into where what it holds is put, from its position on; lies in an array
   * @throws CorruptStoreException naming {@code name} if it is none, or longer than there is room
   */
  public PackedPiece unpackPiece(ByteBuffer packed, ByteBuffer into, String name)
      throws CorruptStoreException {
    Piece piece = unpack(packed, into.remaining(), name, length -> into.slice());
    if (piece.packed().isCompressed()) {
      into.position(into.position() + piece.packed().length());
    } else {
      into.put(piece.content());
    }
    return piece.packed();
  }

  /** A piece as it came, and what it holds, which lies in an array. */
  private record Piece(PackedPiece packed, ByteBuffer content) {}

  private Piece unpack(ByteBuffer packed, int mostBytes, String name, IntFunction<ByteBuffer> rooms)
      throws CorruptStoreException {
    int method;
    int length;
    try {
      method = (int) VarInts.get(packed);
      length = VarInts.getLength(packed, mostBytes);
    } catch (IllegalArgumentException wrong) {
      throw new CorruptStoreException(name, packed.position(), "a length", wrong.getMessage() + "");
    }
    ByteBuffer payload = packed.slice();
    ByteBuffer content =
        switch (method) {
          case AS_IS -> asIs(payload, length, name);
          case ZSTD -> inflate(payload, length, name, rooms);
          default -> throw new CorruptStoreException(name, 0, "0 or 1", method + "");
        };
    return new Piece(new PackedPiece(payload, method == ZSTD, length), content);
  }

  private static ByteBuffer asIs(ByteBuffer payload, int length, String name)
      throws CorruptStoreException {
    if (payload.remaining() != length) {
      throw new CorruptStoreException(name, 0, length + " bytes", payload.remaining() + "");
    }
    return payload.duplicate();
  }

  /** Inflates a payload that lies in an array. */
  private ByteBuffer inflate(
      ByteBuffer payload, int length, String name, IntFunction<ByteBuffer> rooms)
      throws CorruptStoreException {
    byte[] in = payload.array();
    int from = payload.arrayOffset() + payload.position();
    int size = payload.remaining();
    if (size > length || Zstd.findFrameCompressedSize(in, from, size) != size) {
      throw new CorruptStoreException(
          name, 0, "one zstd frame of at most " + length + " bytes", size + " bytes");
    }
    long said = Zstd.getFrameContentSize(in, from, size);
    if (said != length) {
      throw new CorruptStoreException(name, 0, "a zstd frame of " + length + " bytes", said + "");
    }
    try {
      ByteBuffer room = rooms.apply(length);
      byte[] out = room.array();
      int n = decompressor.decompressByteArray(out, room.arrayOffset(), length, in, from, size);
      if (n == length) {
        return room.limit(length);
      }
      throw new CorruptStoreException(name, 0, length + " bytes inflated", n + "");
    } catch (ZstdException broken) {
      throw new CorruptStoreException(name, 0, "a zstd frame", broken.getMessage() + "");
    }
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
