package hapax.sync.session;

import hapax.sync.FieldWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes frames:
 *
 * <pre>
 *  1  kind
 *  n  turn, a varint: how many times the talk had gone back and forth
 *  n  length of the payload, a varint
 *  p  payload
 *  4  CRC32C of all before, the highest byte first
 * </pre>
 */
final class FrameWriter {
  private final OutputStream out;
  private long written;

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  void write(FrameKind kind, int turn, FieldWriter payload) throws IOException {
    write(kind, turn, ByteBuffer.wrap(payload.toBytes()));
  }

  void write(FrameKind kind, int turn, ByteBuffer payload) throws IOException {
    int length = payload.remaining();
    byte[] head =
        new FieldWriter().octet(kind.code).varint(turn).varint(payload.remaining()).toBytes();
    CRC32C crc = new CRC32C();
    crc.update(head);
    crc.update(payload.duplicate());
    out.write(head);
    if (payload.hasArray()) {
      out.write(payload.array(), payload.arrayOffset() + payload.position(), length);
    } else {
      byte[] copy = new byte[length];
      payload.duplicate().get(copy);
      out.write(copy);
    }
    out.write(new FieldWriter().fixed32(crc.getValue()).toBytes());
    written += head.length + length + Integer.BYTES;
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Bytes written so far. */
  long written() {
    return written;
  }
}
