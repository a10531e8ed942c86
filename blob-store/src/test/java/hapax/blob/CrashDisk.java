package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A disk in memory that knows what a power loss would leave: of each file what was synced and a
 * random share of the rest, of each folder the names as they were synced and the first few changes
 * since.
 *
 * <pre>{@code
 * CrashDisk disk = new CrashDisk();
 * ... // work on it, perhaps until a FaultDisk around it stops
 * CrashDisk after = disk.afterPowerLoss(seed);
 * }</pre>
 */
final class CrashDisk implements Disk {
  private final Map<Path, CrashFile> names = new TreeMap<>();
  private final Map<Path, CrashFile> syncedNames = new HashMap<>();
  private final Map<Path, List<Consumer<Map<Path, CrashFile>>>> unsynced = new LinkedHashMap<>();
  private final Set<Path> folders = new HashSet<>();

  @Override
  public synchronized List<String> list(Path folder) {
    return names.keySet().stream()
        .filter(file -> folder.equals(file.getParent()))
        .map(file -> file.getFileName().toString())
        .sorted()
        .toList();
  }

  @Override
  public synchronized void makeFolder(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      folders.add(at);
    }
  }

  @Override
  public synchronized DiskFile create(Path file) throws IOException {
    if (names.containsKey(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    if (!folders.contains(file.getParent())) {
      throw new NoSuchFileException(file.toString());
    }
    CrashFile made = new CrashFile(file);
    change(file, map -> map.put(file, made));
    return made.open(true);
  }

  @Override
  public synchronized DiskFile read(Path file) throws IOException {
    return existing(file).open(false);
  }

  @Override
  public synchronized DiskFile append(Path file) throws IOException {
    return existing(file).open(true);
  }

  /** Within one folder, as all of the store's renames are. */
  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    CrashFile moved = existing(from);
    change(
        from,
        map -> {
          map.remove(from);
          map.put(to, moved);
        });
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    existing(file);
    change(file, map -> map.remove(file));
  }

  @Override
  public synchronized void syncFolder(Path folder) {
    List<Consumer<Map<Path, CrashFile>>> changes = unsynced.remove(folder);
    if (changes != null) {
      changes.forEach(change -> change.accept(syncedNames));
    }
  }

  private void change(Path file, Consumer<Map<Path, CrashFile>> change) {
    change.accept(names);
    unsynced.computeIfAbsent(file.getParent(), folder -> new ArrayList<>()).add(change);
  }

  private CrashFile existing(Path file) throws NoSuchFileException {
    CrashFile there = names.get(file);
    if (there == null) {
      throw new NoSuchFileException(file.toString());
    }
    return there;
  }

  /** The files, in order of their names. */
  synchronized List<Path> files() {
    return List.copyOf(names.keySet());
  }

  synchronized byte[] content(Path file) throws NoSuchFileException {
    return existing(file).content();
  }

  /** Changes a file's bytes behind the store's back, durably. */
  synchronized void damage(Path file, UnaryOperator<byte[]> change) throws NoSuchFileException {
    existing(file).replace(change.apply(existing(file).content()));
  }

  /** What is on the disk once the machine runs again; the same seed gives the same. */
  synchronized CrashDisk afterPowerLoss(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Path, CrashFile> left = new TreeMap<>(syncedNames);
    unsynced.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .map(Map.Entry::getValue)
        .forEach(
            changes ->
                changes
                    .subList(0, random.nextInt(changes.size() + 1))
                    .forEach(change -> change.accept(left)));
    CrashDisk after = new CrashDisk();
    after.folders.addAll(folders);
    left.forEach((name, file) -> after.put(name, file.afterPowerLoss(name, random)));
    return after;
  }

  /** What is on the disk after the process alone was killed: everything. */
  synchronized CrashDisk afterKill() {
    CrashDisk after = new CrashDisk();
    after.folders.addAll(folders);
    names.forEach((name, file) -> after.put(name, CrashFile.synced(name, file.content())));
    return after;
  }

  private void put(Path name, CrashFile file) {
    names.put(name, file);
    syncedNames.put(name, file);
  }

  /** Bytes from the position on, for assertions. */
  static byte[] bytes(DiskFile file, long position, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    file.readFully(position, into);
    return into.array();
  }
}
