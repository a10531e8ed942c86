package hapax.blob;

import java.nio.ByteBuffer;

/**
 * The payload of a commit frame, big endian: everything before it in the packs counts.
 *
 * <pre>
 *  0  8  sequence number, growing by one
 *  8  8  wall clock, milliseconds since 1970
 * 16 16  id of the store
 * </pre>
 */
record CommitMark(long sequence, long millis) {
  static final int BYTES = 32;

  ByteBuffer write(byte[] storeId) {
    return ByteBuffer.allocate(BYTES).putLong(sequence).putLong(millis).put(storeId).flip();
  }

  static CommitMark read(ByteBuffer payload) {
    return new CommitMark(payload.getLong(), payload.getLong());
  }
}
