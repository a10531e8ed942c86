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
import org.jspecify.annotations.Nullable;

/**
 * The identity under which a store makes changes: 8 random bytes in the file {@code replica} beside
 * the packs, with the number of that file in its file system.
 *
 * <p>A store that was copied, or restored from a copy, has a file of another number, or none; it
 * takes a new identity, so that two stores never make changes under one. Nothing is lost by that:
 * the changes made so far stay in the log under the identity before. The same goes for a file that
 * can not be understood. The file then also names the identity before: see {@link Identity#heirOf}.
 */
final class Replica implements Identity.Keeper {
  static final String FILE = "replica";
  private static final String TEMPORARY = "replica.tmp";
  private static final int MAX_BYTES = 200;
  private static final Pattern CONTENT =
      Pattern.compile(
          "hapax replica 1\nid ([0-9a-f]{16})\nfile (\\d{1,20})\n(?:after ([0-9a-f]{16})\n)?");

  private final Disk disk;
  private final Path folder;
  private final FileNumbers numbers;
  private final boolean fresh;

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

  /**
   * The identity of the store in a folder.
   *
   * @param fresh whether nothing was ever in the store
   */
  Replica(Disk disk, Path folder, FileNumbers numbers, boolean fresh) {
    this.disk = disk;
    this.folder = folder;
    this.numbers = numbers;
    this.fresh = fresh;
  }

  /** Reads the identity; made, and durable, if there is none that holds. */
  @Override
  public Identity current() throws IOException {
    if (!disk.list(folder).contains(FILE)) {
      return make(fresh ? OptionalLong.empty() : OptionalLong.of(0));
    }
    Path file = folder.resolve(FILE);
    Matcher content = CONTENT.matcher(text(file));
    if (!content.matches()) {
      return make(OptionalLong.of(0));
    }
    long id = HexFormat.fromHexDigitsToLong(content.group(1));
    if (!content.group(2).equals(Long.toUnsignedString(numbers.of(file)))) {
      return make(OptionalLong.of(id));
    }
    @Nullable String after = content.group(3);
    return after == null
        ? Identity.of(id)
        : new Identity(id, OptionalLong.of(HexFormat.fromHexDigitsToLong(after)));
  }

  private Identity make(OptionalLong heirOf) throws IOException {
    Identity identity = new Identity(new SecureRandom().nextLong(), heirOf);
    become(identity);
    return identity;
  }

  private String text(Path file) throws IOException {
    try (DiskFile open = disk.read(file)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MAX_BYTES, open.size()));
      open.readFully(0, bytes);
      return new String(bytes.array(), StandardCharsets.US_ASCII);
    }
  }

  @Override
  public void become(Identity identity) throws IOException {
    if (disk.list(folder).contains(TEMPORARY)) {
      disk.delete(folder.resolve(TEMPORARY));
    }
    Path temporary = folder.resolve(TEMPORARY);
    try (DiskFile file = disk.create(temporary)) {
      String content = text(identity, numbers.of(temporary));
      file.append(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
      file.sync();
    }
    disk.rename(temporary, folder.resolve(FILE));
    disk.syncFolder(folder);
  }

  private static String text(Identity identity, long number) {
    String text =
        "hapax replica 1\nid "
            + Stamp.originText(identity.id())
            + "\nfile "
            + Long.toUnsignedString(number)
            + "\n";
    return identity.isHeir()
        ? text + "after " + Stamp.originText(identity.heirOf().getAsLong()) + "\n"
        : text;
  }
}
