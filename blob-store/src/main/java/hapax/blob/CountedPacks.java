package hapax.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Packs of which only the lengths are kept: what would be written can be counted, not read. */
final class CountedPacks implements PackPlace {
  private final ConcurrentNavigableMap<Integer, AtomicLong> lengths = new ConcurrentSkipListMap<>();

  @Override
  public List<Integer> numbers() {
    return List.copyOf(lengths.keySet());
  }

  @Override
  public DiskFile create(int number) throws IOException {
    AtomicLong length = new AtomicLong();
    if (lengths.putIfAbsent(number, length) != null) {
      throw new FileAlreadyExistsException(name(number));
    }
    return new Counted(name(number), length);
  }

  @Override
  public DiskFile read(int number) throws IOException {
    AtomicLong length = lengths.get(number);
    if (length == null) {
      throw new NoSuchFileException(name(number));
    }
    return new Counted(name(number), length);
  }

  @Override
  public DiskFile append(int number) throws IOException {
    return read(number);
  }

  @Override
  public void delete(int number) throws IOException {
    if (lengths.remove(number) == null) {
      throw new NoSuchFileException(name(number));
    }
  }

  @Override
  public void sync() {
    // Nothing is kept, so nothing can be lost.
  }

  @Override
  public String name(int number) {
    return "pack " + number + " of an estimate";
  }

  /** A file that has a length and no bytes. */
  private record Counted(String name, AtomicLong length) implements DiskFile {
    @Override
    public long size() {
      return length.get();
    }

    @Override
    public void readFully(long position, ByteBuffer into) throws IOException {
      throw new CorruptStoreException(
          name, position, into.remaining() + " bytes", "an estimate, which keeps none");
    }

    @Override
    public void append(ByteBuffer bytes) {
      length.addAndGet(bytes.remaining());
      bytes.position(bytes.limit());
    }

    @Override
    public void sync() {
      // See above.
    }

    @Override
    public void truncate(long size) {
      length.accumulateAndGet(size, Math::min);
    }

    @Override
    public void close() {
      // There is nothing to let go of.
    }
  }
}
