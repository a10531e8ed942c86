package hapax.blob;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first 64 bytes of a pack, big endian:
 *
 * <pre>
 *  0  8  magic "HAPAXPCK"
 *  8  4  format version
 * 12  4  number of the pack
 * 16 16  id of the store
 * 32 28  zero
 * 60  4  CRC32C of bytes 0 to 59
 * </pre>
 */
final class PackHeader {
  static final int BYTES = 64;
  static final int VERSION_CURRENT = 1;

  private static final byte[] MAGIC = {'H', 'A', 'P', 'A', 'X', 'P', 'C', 'K'};
  private static final int CRC_AT = BYTES - 4;
  private static final int STORE_ID = 16;

  private PackHeader() {}

  static ByteBuffer write(int number, byte[] storeId) {
    ByteBuffer header = ByteBuffer.allocate(BYTES);
    header.put(MAGIC).putInt(VERSION_CURRENT).putInt(number).put(storeId);
    header.putInt(CRC_AT, crc(header));
    return header.clear();
  }

  private static int crc(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(0).limit(CRC_AT));
    return (int) crc.getValue();
  }

  /** What a header says. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fields(int version, int number, byte[] storeId) {}

  /**
   * Reads and checks the header of a pack.
   *
   * @throws StoreFormatException if it is whole, and a newer program wrote it or it belongs to
   *     another store
   * @throws CorruptStoreException if it is damaged, or belongs to another number
   */
  static void check(DiskFile file, String name, int number, byte[] storeId) throws IOException {
    Fields found = read(file, name);
    if (!Arrays.equals(found.storeId, storeId)) {
      throw new StoreFormatException(
          name + " belongs to store " + hex(found.storeId) + ", not to " + hex(storeId));
    }
    if (found.number != number) {
      throw new CorruptStoreException(name, 12, "pack number " + number, "" + found.number);
    }
  }

  /**
   * Reads the header of any pack.
   *
   * @throws StoreFormatException if it is whole, and a newer program wrote it
   * @throws CorruptStoreException if it is damaged
   */
  static Fields read(DiskFile file, String name) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(BYTES);
    try {
      file.readFully(0, header);
    } catch (EOFException cut) {
      throw new CorruptStoreException(name, 0, BYTES + " bytes of header", "the end of the file");
    }
    header.flip();
    byte[] magic = new byte[MAGIC.length];
    header.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new CorruptStoreException(name, 0, "the magic HAPAXPCK", hex(magic));
    }
    if (header.getInt(CRC_AT) != crc(header)) {
      throw new CorruptStoreException(name, CRC_AT, "the header's checksum", "another");
    }
    int version = header.getInt();
    if (version > VERSION_CURRENT) {
      throw new StoreFormatException(
          name + " has pack format " + version + ", this program reads up to " + VERSION_CURRENT);
    }
    int number = header.getInt();
    byte[] storeId = new byte[STORE_ID];
    header.get(storeId);
    return new Fields(version, number, storeId);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
