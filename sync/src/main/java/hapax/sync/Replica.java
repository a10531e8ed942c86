package hapax.sync;

import hapax.blob.Disk;
import hapax.blob.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity under which a store makes changes: 8 random bytes in the file {@code replica} beside
 * the packs, with the number of that file in its file system.
 *
 * <p>A store that was copied, or restored from a copy, has a file of another number, or none; it
 * takes a new identity, so that two stores never make changes under one. Nothing is lost by that:
 * the changes made so far stay in the log under the identity before. The same goes for a file that
 * can not be understood.
 */
final class Replica {
  static final String FILE = "replica";
  private static final String TEMPORARY = "replica.tmp";
  private static final int MAX_BYTES = 200;
  private static final Pattern CONTENT =
      Pattern.compile("hapax replica 1\nid ([0-9a-f]{16})\nfile (\\d{1,20})\n");

  private final Disk disk;
  private final Path folder;
  private final FileNumbers numbers;

  /** Tells files of one file system apart; the number moves with a file, but not with a copy. */
  @FunctionalInterface
  interface FileNumbers {
    /** The number of a file. */
    long of(Path file) throws IOException;

    /** The numbers of the operating system's files (inodes); all 0 where there are none. */
    static FileNumbers real() {
      return file ->
          file.getFileSystem().supportedFileAttributeViews().contains("unix")
              ? (long) Files.getAttribute(file, "unix:ino")
              : 0;
    }
  }

  Replica(Disk disk, Path folder, FileNumbers numbers) {
    this.disk = disk;
    this.folder = folder;
    this.numbers = numbers;
  }

  /** The identity of the store in the folder; made, and durable, if there is none that holds. */
  long identity() throws IOException {
    OptionalLong known = read();
    return known.isPresent() ? known.getAsLong() : make();
  }

  private OptionalLong read() throws IOException {
    if (!disk.list(folder).contains(FILE)) {
      return OptionalLong.empty();
    }
    Path file = folder.resolve(FILE);
    Matcher content = CONTENT.matcher(text(file));
    boolean own =
        content.matches() && content.group(2).equals(Long.toUnsignedString(numbers.of(file)));
    return own
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(content.group(1)))
        : OptionalLong.empty();
  }

  private String text(Path file) throws IOException {
    try (DiskFile open = disk.read(file)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MAX_BYTES, open.size()));
      open.readFully(0, bytes);
      return new String(bytes.array(), StandardCharsets.US_ASCII);
    }
  }

  private long make() throws IOException {
    long identity = new SecureRandom().nextLong();
    if (disk.list(folder).contains(TEMPORARY)) {
      disk.delete(folder.resolve(TEMPORARY));
    }
    Path temporary = folder.resolve(TEMPORARY);
    try (DiskFile file = disk.create(temporary)) {
      String number = Long.toUnsignedString(numbers.of(temporary));
      String content =
          "hapax replica 1\nid " + Stamp.originText(identity) + "\nfile " + number + "\n";
      file.append(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
      file.sync();
    }
    disk.rename(temporary, folder.resolve(FILE));
    disk.syncFolder(folder);
    return identity;
  }
}
