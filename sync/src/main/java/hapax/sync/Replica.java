package hapax.sync;

import hapax.blob.Disk;
import hapax.blob.DiskFile;
import hapax.sync.Identity.Heritage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity under which a store makes changes: 8 random bytes in the file {@code replica} beside
 * the packs, with what tells an empty file, {@code replica.mark} or {@code replica.mark2}, from any
 * copy of it: its number in the file system, and when that last changed anything about it, which no
 * program can set. The number alone would not do: it is given again once a file is gone.
 *
 * <p>Both files are made anew again and again ({@link #become} with the same identity): a backup
 * then has others, and who puts it back over the store, leaving out files that seem to be the same,
 * can not leave out these. There are two names, so that at each moment one mark holds.
 *
 * <p>A store that was copied, or restored from a copy, has another mark, or none; it takes a new
 * identity, so that two stores never make changes under one. Nothing is lost by that: the changes
 * made so far stay in the log under the identity before. The same goes for a file that can not be
 * understood. The file then also names the identity before: see {@link Identity.Heritage}.
 */
final class Replica implements Identity.Keeper {
  static final String FILE = "replica";
  static final List<String> MARKS = List.of("replica.mark", "replica.mark2");
  private static final String TEMPORARY = "replica.tmp";
  private static final int MAX_BYTES = 200;
  private static final Pattern CONTENT =
      Pattern.compile(
          "hapax replica 1\nid ([0-9a-f]{16})\nmark (\\d{1,20} \\d{1,20})\n(?:after ([0-9a-f]{16}) (\\d{1,18})\n)?");

  private final Disk disk;
  private final Path folder;
  private final Marks marks;
  private final boolean fresh;
  private final InstantSource wall;

  /** Tells a file from its copies; what it says moves with a file, but not with a copy. */
  @FunctionalInterface
  interface Marks {
    /** Two numbers. */
    String of(Path file) throws IOException;

    /** Inode and time of the last change of status; zeros where there are none. */
    static Marks real() {
      return file -> {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
          return "0 0";
        }
        FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
        long nanos = changed.to(TimeUnit.NANOSECONDS);
        return Files.getAttribute(file, "unix:ino") + " " + Math.max(0, nanos);
      };
    }
  }

  /**
   * The identity of the store in a folder.
   *
   * @param fresh whether nothing was ever in the store
   */
  Replica(Disk disk, Path folder, Marks marks, boolean fresh, InstantSource wall) {
    this.wall = wall;
    this.disk = disk;
    this.folder = folder;
    this.marks = marks;
    this.fresh = fresh;
  }

  /** Reads the identity; made, and durable, if there is none that holds. */
  @Override
  public synchronized Identity current() throws IOException {
    if (!disk.list(folder).contains(FILE)) {
      return make(fresh ? Identity.of(new SecureRandom().nextLong()) : heir(0));
    }
    Path file = folder.resolve(FILE);
    Matcher content = CONTENT.matcher(text(file));
    if (!content.matches()) {
      return make(heir(0));
    }
    long id = HexFormat.fromHexDigitsToLong(content.group(1));
    if (markThatHolds().isEmpty()) {
      return make(heir(id));
    }
    @Nullable String after = content.group(3);
    return after == null
        ? Identity.of(id)
        : new Identity(id, Optional.of(heritage(after, content.group(4))));
  }

  private static Heritage heritage(String of, String millis) {
    return new Heritage(HexFormat.fromHexDigitsToLong(of), Long.parseLong(millis));
  }

  private Identity heir(long of) {
    return Identity.heir(of, wall.millis());
  }

  /** The name of the mark of which the file tells; empty if there is none. */
  private Optional<String> markThatHolds() throws IOException {
    List<String> there = disk.list(folder);
    if (there.contains(FILE)) {
      Matcher content = CONTENT.matcher(text(folder.resolve(FILE)));
      for (String name : MARKS) {
        if (content.matches()
            && there.contains(name)
            && content.group(2).equals(marks.of(folder.resolve(name)))) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Takes a new identity because changes made under this one may be lost: their numbers must not be
   * given again.
   */
  void lost() throws IOException {
    make(heir(current().id()));
  }

  private Identity make(Identity identity) throws IOException {
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
  public synchronized void become(Identity identity) throws IOException {
    // Whenever this stops, the file tells of a mark that is there.
    String held = markThatHolds().orElse(MARKS.get(1));
    String next = MARKS.get(1 - MARKS.indexOf(held));
    String mark = mark(next);
    disk.syncFolder(folder);
    Path temporary = fresh(TEMPORARY);
    try (DiskFile file = disk.create(temporary)) {
      String content = text(identity, mark);
      file.append(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
      file.sync();
    }
    disk.rename(temporary, folder.resolve(FILE));
    disk.syncFolder(folder);
    fresh(held);
  }

  private String mark(String name) throws IOException {
    Path mark = fresh(name);
    try (DiskFile file = disk.create(mark)) {
      file.sync();
    }
    return marks.of(mark);
  }

  /** The path of a file that is not there any more. */
  private Path fresh(String name) throws IOException {
    Path path = folder.resolve(name);
    if (disk.list(folder).contains(name)) {
      disk.delete(path);
    }
    return path;
  }

  private static String text(Identity identity, String mark) {
    String text =
        "hapax replica 1\nid " + Stamp.originText(identity.id()) + "\nmark " + mark + "\n";
    return identity
        .heritage()
        .map(from -> text + "after " + Stamp.originText(from.of()) + " " + from.millis() + "\n")
        .orElse(text);
  }
}
