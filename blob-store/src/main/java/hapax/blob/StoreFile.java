package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code hapax.store}, which makes a folder a store: one line of text, {@code hapax store
 * 1} (the format's version) and the store's id in hexadecimal. Written once, never changed.
 */
final class StoreFile {
  static final int VERSION_CURRENT = 1;

  /** Length of a store's id. */
  static final int ID_BYTES = 16;

  private static final String NAME = "hapax.store";
  private static final String UNFINISHED = NAME + ".new";
  private static final Set<String> NO_HINDRANCE =
      Set.of(UNFINISHED, StoreLock.FILE, "lost+found", "System Volume Information", "$RECYCLE.BIN");
  private static final Pattern LINE = Pattern.compile("hapax store ([0-9]{1,9}) ([0-9a-f]{32})\n");
  private static final int MAX = 64;

  private StoreFile() {}

  /** Whether {@code folder} is a store. */
  static boolean isThere(Disk disk, Path folder) throws IOException {
    return disk.list(folder).contains(NAME);
  }

  /**
   * Finds a folder in which no store may be made: one that has files of something else, or of a
   * store that lost its file. What a store has before it has its file is no hindrance, nor is what
   * systems put at the root of a file system, or hide.
   *
   * @throws StoreFormatException if it is such a folder
   */
  static void requireFree(Disk disk, Path folder) throws IOException {
    List<String> names = disk.list(folder);
    for (String name : names.contains(NAME) ? List.<String>of() : names) {
      if (!NO_HINDRANCE.contains(name) && !name.startsWith(".")) {
        throw new StoreFormatException(
            folder
                + " is no store and has other files ("
                + name
                + "); a store needs its own folder");
      }
    }
  }

  /** Makes {@code folder} a store with an id of its own. */
  static void create(Disk disk, Path folder) throws IOException {
    byte[] id = new byte[ID_BYTES];
    new SecureRandom().nextBytes(id);
    String line = "hapax store " + VERSION_CURRENT + " " + HexFormat.of().formatHex(id) + "\n";
    Path unfinished = folder.resolve(UNFINISHED);
    if (disk.list(folder).contains(UNFINISHED)) {
      disk.delete(unfinished);
    }
    try (DiskFile file = disk.create(unfinished)) {
      file.append(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
      file.sync();
    }
    disk.rename(unfinished, folder.resolve(NAME));
    disk.syncFolder(folder);
  }

  /**
   * The id of the store in {@code folder}.
   *
   * @throws StoreFormatException if a newer program made it
   * @throws CorruptStoreException if the file is not what it should be
   */
  static byte[] read(Disk disk, Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    try (DiskFile file = disk.read(path)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MAX, file.size()));
      file.readFully(0, bytes);
      String line = new String(bytes.array(), StandardCharsets.US_ASCII);
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new CorruptStoreException(
            path.toString(), 0, "a line 'hapax store'", "'" + line.strip() + "'");
      }
      int version = Integer.parseInt(matcher.group(1));
      if (version > VERSION_CURRENT) {
        throw new StoreFormatException(
            "store "
                + folder
                + " has format "
                + version
                + ", this program reads up to "
                + VERSION_CURRENT);
      }
      return HexFormat.of().parseHex(matcher.group(2));
    }
  }
}
