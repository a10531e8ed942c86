package hapax.blob;

import java.nio.ByteBuffer;

/**
 * The extra header of a synced frame, big endian: which commit was on disk when it was written.
 *
 * <pre>
 *  0  8  sequence number of the commit
 *  8  4  pack in which the commit's frames begin
 * 12  4  pack in which the commit is
 * 16  8  offset at which the commit's frames begin
 * 24  8  offset at which the commit's own frame ends
 * </pre>
 */
record SyncedMark(long sequence, Place start, Place end) {
  static final int BYTES = 32;

  ByteBuffer write() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(sequence);
    bytes.putInt(start.pack()).putInt(end.pack());
    return bytes.putLong(start.offset()).putLong(end.offset()).flip();
  }

  static SyncedMark read(Frame frame) {
    ByteBuffer from = frame.extra().duplicate();
    long sequence = from.getLong();
    int startPack = from.getInt();
    int endPack = from.getInt();
    Place start = new Place(startPack, from.getLong());
    return new SyncedMark(sequence, start, new Place(endPack, from.getLong()));
  }
}
