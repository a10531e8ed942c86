package hapax.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Packs as files {@code p-00000001.pack} of one folder; files of other names are passed over. */
final class DirectoryPacks implements PackPlace {
  private static final Pattern NAME = Pattern.compile("p-([0-9]{8})\\.pack");

  private final Disk disk;
  private final Path folder;

  /** The packs in {@code folder}, which is made if it is not there. */
  DirectoryPacks(Disk disk, Path folder) throws IOException {
    this.disk = disk;
    this.folder = folder;
    disk.makeFolder(folder);
  }

  @Override
  public List<Integer> numbers() throws IOException {
    return disk.list(folder).stream()
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .map(name -> Integer.parseInt(name.group(1)))
        .filter(number -> number > 0)
        .sorted()
        .toList();
  }

  @Override
  public DiskFile create(int number) throws IOException {
    return disk.create(file(number));
  }

  @Override
  public DiskFile read(int number) throws IOException {
    return disk.read(file(number));
  }

  @Override
  public DiskFile append(int number) throws IOException {
    return disk.append(file(number));
  }

  @Override
  public void delete(int number) throws IOException {
    disk.delete(file(number));
  }

  @Override
  public void sync() throws IOException {
    disk.syncFolder(folder);
  }

  @Override
  public String name(int number) {
    return file(number).toString();
  }

  private Path file(int number) {
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("no number of a pack: " + number);
    }
    // A formatter would take longer than to open the store: nine digits, of which the first goes.
    String digits = Integer.toString(MAX_NUMBER + 1 + number).substring(1);
    return folder.resolve("p-" + digits + ".pack");
  }
}
