package hapax.blob;

import java.nio.ByteBuffer;

/** Where a frame stands, as its checksum covers it: store id, pack (4 bytes), offset (8 bytes). */
@SuppressWarnings("ArrayRecordComponent") // never compared; sixteen bytes that all places share
record FramePlace(byte[] storeId, int pack, long offset) {
  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(storeId.length + Integer.BYTES + Long.BYTES);
    return bytes.put(storeId).putInt(pack).putLong(offset).flip();
  }
}
