package hapax.blob;

import java.nio.ByteBuffer;

/**
 * The extra header of a commit frame, big endian: what it closes.
 *
 * <pre>
 *  0  8  sequence number, growing by one
 *  8  8  wall clock, milliseconds since 1970
 * 16  4  pack in which its frames begin
 * 20  4  number of its frames
 * 24  8  offset at which its frames begin
 * </pre>
 *
 * @param start frames that stand before belong to other commits, or were left behind by a crash
 * @param frames how many frames stand between {@code start} and the commit
 */
record CommitMark(long sequence, long millis, Place start, int frames) {
  static final int BYTES = 32;

  ByteBuffer write() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(sequence).putLong(millis);
    return bytes.putInt(start.pack()).putInt(frames).putLong(start.offset()).flip();
  }

  static CommitMark read(Frame frame) {
    ByteBuffer from = frame.extra().duplicate();
    long sequence = from.getLong();
    long millis = from.getLong();
    int pack = from.getInt();
    int frames = from.getInt();
    return new CommitMark(sequence, millis, new Place(pack, from.getLong()), frames);
  }
}
