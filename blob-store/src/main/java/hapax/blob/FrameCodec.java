package hapax.blob;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Encodes payloads, proving each by decoding it again, and decodes them. Used by one thread at a
 * time; its buffers lie outside the heap, so that neither zstd nor the disk needs a copy.
 */
final class FrameCodec implements Closeable {
  /** A piece must shrink by a thirty-second for its decompression to pay. */
  private static final int WORTH = 32;

  /** Taken at the begin, in the midst and at the end. */
  private static final int SAMPLES = 4;

  private static final int SAMPLE = 16 << 10;

  private static final int SAMPLED = SAMPLES * SAMPLE;

  /**
   * Buffers grow by this, so that they seldom do: what was outgrown stays until it is collected.
   */
  private static final int STEP = 1 << 19;

  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private ByteBuffer raw = ByteBuffer.allocateDirect(0);
  private ByteBuffer sample = ByteBuffer.allocateDirect(0);
  private ByteBuffer encoded = ByteBuffer.allocateDirect(0);
  private ByteBuffer decoded = ByteBuffer.allocateDirect(0);

  /** Where the bytes to be encoded are put; room for at least {@code length}. */
  ByteBuffer raw(int length) {
    raw = atLeast(raw, length);
    return raw.clear();
  }

  private static ByteBuffer atLeast(ByteBuffer buffer, int length) {
    return buffer.capacity() >= length
        ? buffer.clear()
        : ByteBuffer.allocateDirect(Math.addExact(length, STEP - 1) & -STEP);
  }

  /**
   * Encodes {@code payload} (a direct buffer) as a frame.
   *
   * @param level zstd level, 0 for none
   * @return the whole frame, good until the next call
   */
  ByteBuffer encode(Frame.Kind kind, ByteBuffer extra, ByteBuffer payload, int level) {
    int header = Frame.FIXED + extra.remaining();
    int bound = (int) Zstd.compressBound(payload.remaining());
    encoded = atLeast(encoded, header + bound + Frame.ALIGN);
    int length = level == 0 ? 0 : compress(payload, header, bound, level);
    boolean compressed = length > 0 && length < payload.remaining() - payload.remaining() / WORTH;
    if (!compressed) {
      length = payload.remaining();
      encoded.clear().position(header);
      encoded.put(payload.duplicate());
    } else {
      prove(payload, header, length);
    }
    return finish(kind, extra, compressed, payload.remaining(), header, length);
  }

  /**
   * A frame of a piece that came encoded, and was decoded to prove it.
   *
   * @return the whole frame, good until the next call
   */
  ByteBuffer frame(Frame.Kind kind, ByteBuffer extra, PackedPiece piece) {
    int header = Frame.FIXED + extra.remaining();
    int length = piece.stored().remaining();
    encoded = atLeast(encoded, header + length + Frame.ALIGN);
    encoded.clear().position(header);
    encoded.put(piece.stored());
    return finish(kind, extra, piece.isCompressed(), piece.length(), header, length);
  }

  private int compress(ByteBuffer payload, int header, int bound, int level) {
    compressor.setLevel(level);
    return compressor.compressDirectByteBuffer(
        encoded, header, bound, payload, payload.position(), payload.remaining());
  }

  /** Decodes what was encoded and compares: nothing goes to disk that was not read back. */
  private void prove(ByteBuffer payload, int at, int length) {
    decoded = atLeast(decoded, payload.remaining());
    int n =
        decompressor.decompressDirectByteBuffer(
            decoded, 0, payload.remaining(), encoded, at, length);
    if (n != payload.remaining() || !decoded.clear().limit(n).equals(payload)) {
      throw new IllegalStateException("zstd does not give back what it was given");
    }
  }

  private ByteBuffer finish(
      Frame.Kind kind,
      ByteBuffer extra,
      boolean compressed,
      int rawLength,
      int header,
      int length) {
    CRC32C crc = new CRC32C();
    crc.update(encoded.duplicate().clear().position(header).limit(header + length));
    Frame frame = new Frame(kind, compressed, length, rawLength, (int) crc.getValue(), extra);
    encoded.clear();
    frame.write(encoded);
    encoded.position(header + length);
    while (encoded.position() < frame.length()) {
      encoded.put((byte) 0);
    }
    return encoded.flip();
  }

  /** Whether samples of the payload compress at all: most attachments are compressed already. */
  boolean looksCompressible(ByteBuffer payload) {
    if (payload.remaining() <= 2 * SAMPLED) {
      return true;
    }
    sample = atLeast(sample, SAMPLED);
    for (int i = 0; i < SAMPLES; i++) {
      long at = (long) (payload.remaining() - SAMPLE) * i / (SAMPLES - 1);
      sample.put(payload.slice(payload.position() + (int) at, SAMPLE));
    }
    int bound = (int) Zstd.compressBound(SAMPLED);
    encoded = atLeast(encoded, bound);
    compressor.setLevel(1);
    int n = compressor.compressDirectByteBuffer(encoded, 0, bound, sample, 0, SAMPLED);
    return n < SAMPLED - SAMPLED / WORTH;
  }

  /**
   * Reads a frame's payload, checked and decoded; good until the next call.
   *
   * @throws CorruptStoreException if it is not what was written
   */
  ByteBuffer decode(DiskFile file, String name, long offset, Frame frame) throws IOException {
    ByteBuffer stored = readStored(file, name, offset, frame);
    if (!frame.compressed()) {
      return stored;
    }
    decoded = atLeast(decoded, frame.rawLength());
    return inflate(name, offset, frame);
  }

  /**
   * Reads a frame's payload as it is stored, checked; good until the next call.
   *
   * @throws CorruptStoreException if it is not what was written
   */
  ByteBuffer readStored(DiskFile file, String name, long offset, Frame frame) throws IOException {
    encoded = atLeast(encoded, frame.storedLength());
    ByteBuffer stored = encoded.clear().limit(frame.storedLength());
    try {
      file.readFully(offset + frame.headerLength(), stored);
    } catch (EOFException cut) {
      throw new CorruptStoreException(
          name, offset, "a payload of " + frame.storedLength() + " bytes", "the end of the file");
    }
    CRC32C crc = new CRC32C();
    crc.update(stored.flip().duplicate());
    if ((int) crc.getValue() != frame.payloadCrc()) {
      throw new CorruptStoreException(
          name, offset, "payload checksum " + hex(frame.payloadCrc()), hex((int) crc.getValue()));
    }
    return stored;
  }

  /**
   * The whole frame, checked but not decoded, to be appended elsewhere; good until the next call.
   *
   * @throws CorruptStoreException if it is not what was written
   */
  ByteBuffer copy(DiskFile file, String name, long offset, Frame frame) throws IOException {
    ByteBuffer stored = readStored(file, name, offset, frame);
    int length = (int) frame.length();
    decoded = atLeast(decoded, length);
    decoded.clear().limit(length);
    frame.write(decoded);
    decoded.put(stored);
    while (decoded.hasRemaining()) {
      decoded.put((byte) 0);
    }
    return decoded.flip();
  }

  private ByteBuffer inflate(String name, long offset, Frame frame) throws CorruptStoreException {
    int n;
    try {
      n =
          decompressor.decompressDirectByteBuffer(
              decoded, 0, frame.rawLength(), encoded, 0, frame.storedLength());
    } catch (ZstdException broken) {
      throw new CorruptStoreException(name, offset, "a zstd frame", "" + broken.getMessage());
    }
    if (n != frame.rawLength()) {
      throw new CorruptStoreException(name, offset, frame.rawLength() + " bytes decoded", n + "");
    }
    return decoded.clear().limit(n);
  }

  private static String hex(int crc) {
    return Integer.toHexString(crc);
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
