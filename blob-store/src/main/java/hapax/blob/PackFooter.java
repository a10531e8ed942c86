package hapax.blob;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The end of a sealed pack: a footer frame whose payload is the directory (for each frame appended
 * since the pack was last opened its offset as a {@link VarInts} number and its kind, one byte),
 * and a trailer, big endian:
 *
 * <pre>
 *  0  8  offset of the footer frame
 *  8  4  CRC32C of bytes 0 to 7
 * 12  4  magic "HxEn"
 * </pre>
 */
final class PackFooter {
  static final int TRAILER = 16;
  static final int MAGIC = 0x4878456E;

  private PackFooter() {}

  /** The footer and the trailer of a pack whose frames end at {@code offset}. */
  static ByteBuffer write(byte[] directory, long offset) {
    CRC32C crc = new CRC32C();
    crc.update(directory);
    Frame frame =
        new Frame(
            Frame.Kind.FOOTER,
            false,
            directory.length,
            directory.length,
            (int) crc.getValue(),
            ByteBuffer.allocate(0));
    ByteBuffer out = ByteBuffer.allocate((int) frame.length() + TRAILER);
    frame.write(out);
    out.put(directory);
    out.position((int) frame.length());
    ByteBuffer place = ByteBuffer.allocate(8).putLong(offset).flip();
    CRC32C trailer = new CRC32C();
    trailer.update(place.duplicate());
    return out.put(place).putInt((int) trailer.getValue()).putInt(MAGIC).flip();
  }

  /** Whether {@code trailer} ends a pack whose footer frame begins at {@code offset}. */
  static boolean isTrailer(ByteBuffer trailer, long offset) {
    CRC32C crc = new CRC32C();
    crc.update(trailer.duplicate().limit(trailer.position() + 8));
    return trailer.getLong() == offset
        && trailer.getInt() == (int) crc.getValue()
        && trailer.getInt() == MAGIC;
  }
}
