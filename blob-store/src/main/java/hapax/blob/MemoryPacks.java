package hapax.blob;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Packs in memory, gone with the object; each is limited to 2 GiB. */
final class MemoryPacks implements PackPlace {
  private final ConcurrentNavigableMap<Integer, MemoryFile> packs = new ConcurrentSkipListMap<>();

  @Override
  public List<Integer> numbers() {
    return List.copyOf(packs.keySet());
  }

  @Override
  public DiskFile create(int number) throws IOException {
    MemoryFile file = new MemoryFile(name(number));
    if (packs.putIfAbsent(number, file) != null) {
      throw new FileAlreadyExistsException(name(number));
    }
    return file.open();
  }

  @Override
  public DiskFile read(int number) throws IOException {
    return existing(packs.get(number), number).open();
  }

  @Override
  public DiskFile append(int number) throws IOException {
    return existing(packs.get(number), number).open();
  }

  @Override
  public void delete(int number) throws IOException {
    existing(packs.remove(number), number);
  }

  @Override
  public void sync() {
    // Memory is as durable as it will ever be.
  }

  @Override
  public String name(int number) {
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("no number of a pack: " + number);
    }
    return "pack " + number + " in memory";
  }

  private MemoryFile existing(@Nullable MemoryFile file, int number) throws IOException {
    if (file == null) {
      throw new NoSuchFileException(name(number));
    }
    return file;
  }
}
